import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { type ChildEnd, ChildRun } from '../../src/cli/providers/child-run.ts'

/* A process that does not do what a run does: none of it reaches whoever started it. */

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harness-child-'))
})
after(() => rm(folder, { recursive: true }))

/** Runs a program of these lines. */
async function runOf(program: string, withinMs = 60_000, logFile = 'log'): Promise<ChildEnd> {
  const file = join(folder, 'program.mjs')
  await writeFile(file, program)
  const child = new ChildRun({
    ...{ program: file, args: [], cwd: folder, env: {}, withinMs, endsWithinMs: 100 },
    logFile: join(folder, logFile),
    redact: (text) => text.replaceAll('secret', '***'),
  })
  return child.ended()
}

describe('a run as a process of its own', () => {
  it('is ended where it does not come to an end, though it will not', async () => {
    const { code, broke } = await runOf(
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1_000)',
      300,
    )
    assert.isUndefined(code)
    assert.equal(broke, 'it did not end within 0.3 s, and was ended')
  })

  it('leaves its exit code, its last word, and all that it printed without secrets', async () => {
    const { code, lastWord } = await runOf(
      'console.log("out secret"); console.error("the secret word"); process.exitCode = 3',
    )
    assert.equal(code, 3)
    assert.equal(lastWord, 'the *** word')
    const log = await readFile(join(folder, 'log'), 'utf8')
    assert.sameMembers(log.split('\n'), ['out ***', 'the *** word', ''])
  })

  it('costs its log alone where that cannot be written', async () => {
    const { code } = await runOf('console.log("out")', 60_000, 'no/such/folder')
    assert.equal(code, 0)
  })

  it('is in a group of its own, so that what a terminal tells all of a group does not reach it', async (test) => {
    if (process.platform !== 'linux') return test.skip('there is no /proc to ask')
    const { code } = await runOf(`
      import { readFileSync } from 'node:fs'
      const [, , group] = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')
      process.exitCode = Number(group) === process.pid ? 0 : 1`)
    assert.equal(code, 0)
  })

  it('is told of where a signal ended it', async () => {
    const { broke } = await runOf('process.kill(process.pid, "SIGKILL")')
    assert.equal(broke, 'it was ended by SIGKILL')
  })
})
