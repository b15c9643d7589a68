import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { ChildEnd } from '../../src/cli/providers/child-run.ts'
import type { PlannedRun } from '../../src/cli/providers/planned-run.ts'
import { providerResult } from '../../src/cli/providers/provider-result.ts'
import { configOf } from '../backends/environment.ts'
import { recordOf } from '../report/golden.ts'

const planned: PlannedRun = {
  ...{ name: 'a', provider: 'a', symbol: 'EUR/USD', out: 'out/a', variables: {}, settings: {} },
  ...{ config: configOf('http://127.0.0.1:1'), capabilities: {}, waivers: [] },
}

/** What comes of a run whose verdict says that all held, where its process ended so. */
function resultOf(end: ChildEnd) {
  const record = recordOf([], { target: 'uat' })
  const verdict = { ...record.verdict, scenarios: { passed: 1, failed: 0, notVerified: 0 } }
  const read = {
    ...{ dir: 'out/a', record: { ...record, verdict }, evidence: 'whole' },
    recordOf: () => undefined,
  }
  const { code, standing } = providerResult(planned, 'out/a', { end, read }, '2026-11-26')
  return [code, standing.word, standing.sentence]
}

describe('a run whose verdict says that all held', () => {
  it('has held where its process says so too', () => {
    assert.deepEqual(resultOf({ code: 0, lastWord: '' }).slice(0, 2), [0, 'held'])
  })

  it('is not judged where its process says otherwise: of whom to believe nobody knows', () => {
    assert.deepEqual(
      resultOf({ code: 2, lastWord: 'It could not be judged: a report could not be written.' }),
      [2, 'not judged', 'a report could not be written.'],
    )
    assert.deepEqual(resultOf({ code: 1, lastWord: '' }), [
      ...[2, 'not judged', 'it ended with exit code 1 and said nothing.'],
    ])
    assert.deepEqual(resultOf({ broke: 'it was ended by SIGKILL', lastWord: 'anything' }), [
      ...[2, 'not judged', 'it was ended by SIGKILL.'],
    ])
  })
})
