import { test } from 'node:test'
import { assert } from 'chai'
import { outcomeOf } from '../../src/cli/exit-code.ts'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'

const empty = verdictOf({ target: 'simulation', seed: 's', startedAt: '' }, [])
const verdict = (passed: number, failed: number, notVerified: number, findings = 0): Verdict => ({
  ...empty,
  scenarios: { passed, failed, notVerified },
  findings: Array.from({ length: findings }, () => ({
    code: 'c',
    rule: 'r',
    severity: 'must',
    scenario: 's',
    orderId: 'o',
    expected: 'E.',
    detail: 'd',
    exchanges: [1],
  })),
})

test('everything held', () => {
  assert.deepEqual(outcomeOf(verdict(2, 0, 1), 3, [], []), { code: 0 })
})

test('a failure or a finding outranks all that could not be judged', () => {
  assert.equal(outcomeOf(verdict(0, 1, 0), 9, ['worker died'], ['a rate']).code, 1)
  assert.equal(outcomeOf(verdict(0, 0, 1, 1), 9, ['worker died'], ['a rate']).code, 1)
})

test('what could not be judged is said', () => {
  const why = (...args: Parameters<typeof outcomeOf>) => {
    const { code, why: reason } = outcomeOf(...args)
    return `${code} ${reason}`
  }
  assert.equal(why(verdict(1, 0, 0), 1, ['worker died'], []), '2 worker died')
  assert.equal(why(verdict(1, 0, 0), 2, [], []), '2 only 1 of 2 scenarios were run')
  assert.equal(why(verdict(0, 0, 2), 2, [], []), '2 no scenario was verified')
  assert.equal(why(verdict(0, 0, 0), 0, [], []), '2 no scenario was verified')
  assert.equal(why(verdict(1, 0, 0), 1, [], ['a rate']), '2 the full run did not observe a rate')
})
