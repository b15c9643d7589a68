import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assert } from 'chai'
import { Workplace } from './workplace.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const failing = `Feature: A failure
  Scenario: The order differs
    Given Ada is signed in
    Then it is not so
`

/** Runs the command for a reader that is gone before anything is printed. */
async function runUnread(args: readonly string[], cwd = '.') {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = await once(child, 'close')
  return { code, stderr }
}

describe('a reader that stops reading is no mistake', () => {
  for (const args of [['prove', '--list'], ['model'], ['--help']]) {
    test(`of ${args.join(' ')}`, async () => {
      assert.deepEqual(await runUnread(args), { code: 0, stderr: '' })
    })
  }

  test('of verify, whose exit code stays true, and whose reports are written', async () => {
    const workplace = await Workplace.of({ 'failing.feature': failing })
    const { code, stderr } = await runUnread(['verify'], workplace.path)
    const { scenarios } = await workplace.verdict()
    await workplace.remove()
    assert.equal(code, 1, stderr)
    assert.notInclude(stderr, 'EPIPE')
    assert.equal(scenarios.failed, 1)
  })
})
