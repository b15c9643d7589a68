import { test } from 'node:test'
import { assert } from 'chai'
import { RoundsTally } from '../../../src/cli/repeat/rounds-tally.ts'
import type { Verdict } from '../../../src/evidence/verdict.ts'
import { verdictOf } from '../../../src/evidence/verdict-tally.ts'

const empty = verdictOf({ target: 'simulation', seed: 's', startedAt: '' }, [])
const ID = empty.rules[0]?.id ?? ''

function round(result: 'held' | 'broken' | 'not-verified', more: Partial<Verdict> = {}): Verdict {
  const finding: Verdict['findings'][number] = {
    ...{ code: 'c', rule: ID, severity: 'must', scenario: 's', orderId: 'o' },
    ...{ expected: 'E.', detail: 'd', exchanges: [1] },
  }
  return {
    ...empty,
    rules: empty.rules.map((rule) => (rule.id === ID ? { ...rule, result } : rule)),
    findings: result === 'broken' ? [finding, finding] : [],
    scenarios: { passed: 2, failed: result === 'broken' ? 1 : 0, notVerified: 0 },
    ...more,
  }
}

test('a rule that is broken in some rounds and held in others is flaky, and told by round', () => {
  const tally = new RoundsTally()
  for (const [at, result] of (['held', 'broken', 'not-verified', 'broken'] as const).entries()) {
    tally.add(at + 1, round(result))
  }
  const { rules, findings, rounds, scenarios } = tally.result()
  const rule = rules.find(({ id }) => id === ID)
  assert.deepInclude(rule, { result: 'broken', held: 1, isFlaky: true })
  assert.deepEqual(rule?.broken, { rounds: 2, first: [2, 4] })
  assert.deepEqual(findings, [{ code: 'c', rule: ID, scenario: 's', rounds: 2, first: [2, 4] }])
  assert.deepEqual(rounds, { ended: 4, held: 2, broken: 2, notJudged: 0 })
  assert.deepEqual(scenarios, { passed: 8, failed: 2, notVerified: 0 })
})

test('a rule that is broken in every round that shows it is not flaky', () => {
  const tally = new RoundsTally()
  for (const at of [1, 2]) tally.add(at, round('broken'))
  assert.isFalse(tally.result().rules.find(({ id }) => id === ID)?.isFlaky)
})

test('what could not be judged is no round that held', () => {
  const tally = new RoundsTally()
  tally.add(1, round('held', { notJudged: 'the host is down' }))
  const { rounds, notJudgedFor } = tally.result()
  assert.deepInclude(rounds, { held: 0, notJudged: 1 })
  assert.deepEqual(notJudgedFor, [{ why: 'the host is down', rounds: 1, first: [1] }])
})

test('it stays small, however many rounds there are', () => {
  const tally = new RoundsTally()
  const many = (at: number) => [
    { scenario: `a.feature:${at} One`, step: 's', message: 'm' },
    { scenario: 'a.feature:0 Always', step: 's', message: 'm' },
  ]
  for (let at = 1; at <= 2_000; at += 1) tally.add(at, round('broken', { failures: many(at) }))
  const result = tally.result()
  assert.isAtMost(result.failures.length, 500)
  const always = result.failures.find(({ scenario }) => scenario.endsWith('Always'))
  assert.equal(always?.rounds, 2_000)
  assert.lengthOf(always?.first ?? [], 10)
})
