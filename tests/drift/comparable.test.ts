import { describe, it } from 'node:test'
import { assert } from 'chai'
import { whyNotComparable } from '../../src/evidence/drift/comparable.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { recordOf } from '../report/golden.ts'

const run = (target: string, changes: Partial<RunRecord['run']> = {}): RunRecord => {
  const record = recordOf([], { target })
  return { ...record, run: { ...record.run, ...changes } }
}
const { digests } = run('uat').run

describe('two runs can be compared', () => {
  it('where they were made with the same models, contract and features', () => {
    assert.isUndefined(whyNotComparable(run('simulation'), run('uat')))
  })

  it('whatever the rules were: nothing is compared by them', () => {
    const other = run('uat', { digests: { ...digests, rules: 'other' } })
    assert.isUndefined(whyNotComparable(run('simulation'), other))
  })

  for (const [what, said] of [
    ['model', 'order models'],
    ['api', 'contracts'],
    ['features', 'features'],
  ] as const) {
    it(`but not where their ${said} differ`, () => {
      const other = run('uat', { digests: { ...digests, [what]: 'other' } })
      const why = new RegExp(
        `^the runs simulation-\\S+ and uat-\\S+ were made with different ${said}:`,
      )
      assert.match(whyNotComparable(run('simulation'), other) ?? '', why)
    })
  }

  it('but not where one was broken off, whichever it is', () => {
    const whole = run('simulation')
    const uat = run('uat')
    const broken = { ...uat, verdict: { ...uat.verdict, interrupted: 'SIGINT' } } as RunRecord
    for (const why of [whyNotComparable(whole, broken), whyNotComparable(broken, whole)]) {
      assert.match(why ?? '', /^the run uat-\S+ on uat was broken off/)
    }
  })
})
