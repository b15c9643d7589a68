'use strict'

/**
 * The young heap of a server, as in the npm script `serve` (docs/decisions/0017). V8 reads it when it starts, and never
 * again: so `serve` begins anew with it, as the same process.
 */
const HEAP = ['--min-semi-space-size=4', '--max-semi-space-size=4', '--no-parallel-scavenge']

const { execArgv, execPath, argv, env } = process
const isTuned = execArgv.some((flag) => flag.includes('semi-space-size'))
const canBeginAnew = process.platform !== 'win32' && typeof process.execve === 'function'

// Where it cannot begin anew it is a little slower under load, and serves all the same.
if (argv[2] === 'serve' && !isTuned && canBeginAnew) {
  process.execve(execPath, [execPath, ...execArgv, ...HEAP, ...argv.slice(1)], env)
}

import('../dist/cli/main.js')
  .then(({ run }) => run())
  .catch((error) => {
    process.stderr.write(
      `It could not be judged, because the command did not start: ${error.stack}\n`,
    )
    process.exitCode = 2
  })
