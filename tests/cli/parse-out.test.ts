import { describe, test } from 'node:test'
import { assert } from 'chai'
import { parseCleanupOptions } from '../../src/cli/cleanup.ts'
import { DEFAULT_SEED } from '../../src/cli/default-seed.ts'
import { model } from '../../src/cli/model.ts'
import { parseProveOptions } from '../../src/cli/prove/prove-options.ts'
import { allTrials } from '../../src/cli/prove/trial.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { parseVerifyOptions } from '../../src/cli/verify-options.ts'
import { runCommand } from '../e2e/run-verify.ts'
import { Sink } from '../prove/sink.ts'

const verifyDefaults = { target: 'simulation', seed: DEFAULT_SEED, order: 'defined' }

describe('an empty --out, which would be the current directory, is refused in one sentence', () => {
  for (const out of ['', ' ']) {
    const sentence = `Malformed --out ${JSON.stringify(out)}: name a directory.`

    for (const [command, parse] of [
      ['verify', () => parseVerifyOptions({ ...verifyDefaults, out }, [])],
      ['cleanup', () => parseCleanupOptions({ out })],
      ['prove', () => parseProveOptions({ out }, allTrials)],
    ] as const) {
      test(`${command} --out ${JSON.stringify(out)}`, () => {
        assert.throws(parse, UsageError, sentence)
      })
    }

    test(`model --out ${JSON.stringify(out)}`, async () => {
      const stdout = new Sink()
      const failure = await model({ out }, { cwd: '/', stdout, stderr: stdout }).catch(
        (error) => error,
      )
      assert.instanceOf(failure, UsageError)
      assert.equal(failure.message, sentence)
      assert.equal(stdout.text, '')
    })
  }

  test('with exit code 2', async () => {
    const { code, stdout, stderr } = await runCommand(['model', '--out', ''])
    assert.deepEqual(
      { code, stdout, stderr },
      { code: 2, stdout: '', stderr: 'Malformed --out "": name a directory.\n' },
    )
  })
})
