import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'

const root = join(import.meta.dirname, '../..')
const serve = ['src/cli/main.ts', 'serve', '--port', '0']

interface Ran {
  readonly code: number | null
  readonly output: string
}

async function run(command: string, args: readonly string[], env = {}): Promise<Ran> {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, NO_COLOR: '1', ...env } })
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code, output: output + errors }
}

/** Why an example cannot be run here; a machine with Node alone has neither. */
function missing(command: string): string | false {
  const found = spawnSync(command, ['--version']).status === 0
  return found ? false : `${command} is not installed on this machine`
}

describe('The examples in other languages, against serve', () => {
  const server = { origin: '', stop: async () => {} }
  before(async () => {
    const child = spawn(process.execPath, serve, { cwd: root })
    const [line] = await once(child.stdout, 'data')
    server.origin = String(line).trim().replace('listening ', '')
    server.stop = async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
  })
  after(() => server.stop())

  it('curl', { skip: missing('curl') }, async () => {
    const { code, output } = await run('sh', ['examples/curl/flow.sh', server.origin])
    assert.equal(code, 0, output)
    assert.match(
      output,
      /^order \d{10}: FILLED\ntrade FXI\d{10}\norder \d{10}: REJECTED\ntrades now: \[\]\n$/,
    )
  })

  it('Python', { skip: missing('python3') }, async () => {
    const { code, output } = await run(
      'python3',
      ['-B', '-m', 'unittest', 'discover', 'examples/python'],
      { INTEGRAL_BASE_URL: server.origin },
    )
    assert.equal(code, 0, output)
    assert.match(output, /Ran 4 tests/)
  })
})

describe('The example with vitest', () => {
  it('passes', async () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const args = [vitest, 'run', '--root', 'examples/vitest', '--reporter', 'default']
    const { code, output } = await run(process.execPath, args)
    assert.equal(code, 0, output)
    assert.match(output, /Tests\s+2 passed/)
  })
})
