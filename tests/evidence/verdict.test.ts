import { test } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { missingFromFullRun } from '../../src/evidence/completeness.ts'
import {
  type ScenarioEvidence,
  scenarioEvidence,
  scenarioEvidenceSchema,
} from '../../src/evidence/scenario-evidence.ts'
import { summaryText } from '../../src/evidence/summary.ts'
import { type ScenarioResult, verdictOf } from '../../src/evidence/verdict.ts'
import { lifecycleRules } from '../../src/machines/lifecycle-rules.ts'
import { Talk } from './talk.ts'

const run = { target: 'simulation', seed: 's', startedAt: '2026-01-05T09:00:00.000Z' }

async function evidenceOf(
  place: { uri: string; line: number; name: string },
  ...orders: readonly (readonly [type: string, ...statuses: string[]])[]
): Promise<ScenarioEvidence> {
  const talk = new Talk()
  for (const [at, [type, ...statuses]] of orders.entries()) {
    await talk.order(String(at + 1), type, ...statuses)
  }
  return scenarioEvidence(talk.transcript, { scenario: place, target: 'simulation', seed: 's' })
}

async function scenario(
  place: { uri: string; line: number; name: string },
  status: ScenarioResult['status'],
  ...orders: readonly (readonly [type: string, ...statuses: string[]])[]
): Promise<ScenarioResult> {
  return { ...place, status, evidence: await evidenceOf(place, ...orders) }
}

const results = await Promise.all([
  scenario({ uri: 'features/b.feature', line: 3, name: 'One' }, 'passed', [
    'PQ',
    'RECEIVED',
    'NEW',
    'FILLED',
  ]),
  scenario({ uri: 'features/a.feature', line: 12, name: 'Two' }, 'passed', [
    'Limit',
    'RECEIVED',
    'NEW',
    'EXPIRED',
  ]),
  scenario(
    { uri: 'features/a.feature', line: 3, name: 'Three' },
    'failed',
    ['PQ', 'RECEIVED', 'FILLED', 'NEW'],
    ['Limit', 'NEW'],
  ),
  scenario({ uri: 'features/a.feature', line: 7, name: 'Four' }, 'notVerified'),
  scenario({ uri: 'features/c.feature', line: 3, name: 'Five' }, 'passed', [
    'Limit',
    'RECEIVED',
    'WORKING',
  ]),
  scenario({ uri: 'features/a.feature', line: 5, name: 'Six' }, 'passed', ['Limit', 'RECEIVED']),
])

test('the verdict does not depend on the order in which scenarios end', () => {
  const first = JSON.stringify(verdictOf(run, results))
  fc.assert(
    fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
      assert.equal(JSON.stringify(verdictOf(run, shuffled)), first)
    }),
  )
})

test('the verdict has the fields and the order that scripts depend on', () => {
  const verdict = verdictOf(run, results)
  assert.deepEqual(Object.keys(verdict), [
    'target',
    'baseUrl',
    'startedAt',
    'seed',
    'scenarios',
    'rules',
    'findings',
    'failures',
    'settings',
    'selection',
  ])
  assert.deepEqual(verdict.scenarios, { passed: 3, failed: 2, notVerified: 1 })
  assert.deepEqual(
    verdict.findings.map(({ scenario: where, rule }) => `${where}: ${rule}`),
    [
      'features/a.feature:3 Three: pq.filled-new',
      'features/a.feature:3 Three: limit.placed-new',
      'features/c.feature:3 Five: limit.received-working',
    ],
  )
  assert.deepEqual(verdict.findings[0], {
    code: 'illegal-transition',
    rule: 'pq.filled-new',
    scenario: 'features/a.feature:3 Three',
    orderId: '1',
    detail: 'FILLED → NEW',
    exchanges: [2, 3],
  })
})

test('every documented rule is listed, as held, broken or not verified', () => {
  const { rules } = verdictOf(run, results)
  const documented = lifecycleRules.map(({ id }) => id)
  assert.deepEqual(
    rules.map(({ id }) => id),
    [...documented, 'limit.placed-new', 'limit.received-working', 'pq.filled-new'],
  )
  const of = (id: string) => rules.find((rule) => rule.id === id)
  assert.deepEqual(of('pq.new-filled'), {
    id: 'pq.new-filled',
    result: 'held',
    scenarios: ['features/b.feature:3 One'],
  })
  assert.deepInclude(of('pq.new-rejected'), { result: 'not-verified', scenarios: [] })
  assert.deepInclude(of('pq.filled-new'), { result: 'broken' })
})

test('passing without evidence is not verified, and a finding is a failure whatever the steps said', () => {
  const [one, , three] = results
  if (!one?.evidence || !three?.evidence) throw new Error('expected evidence')
  const { evidence: _, ...bare } = one
  const verdict = verdictOf(run, [bare, { ...three, status: 'passed' }])
  assert.deepEqual(verdict.scenarios, { passed: 0, failed: 1, notVerified: 1 })
  assert.notInclude(
    verdict.rules.filter(({ result }) => result === 'held').map(({ id }) => id),
    'pq.new-filled',
  )
})

test('the evidence document survives its journey', () => {
  for (const { evidence } of results) {
    assert.deepEqual(scenarioEvidenceSchema.parse(JSON.parse(JSON.stringify(evidence))), evidence)
  }
})

test('an answer about another order is a finding; others may add theirs', async () => {
  const talk = new Talk()
  await talk.query('7', { orderId: '8', status: 'NEW' })
  const added = {
    code: 'wrong-shape',
    rule: 'contract.login',
    orderId: '',
    detail: 'no token',
    exchanges: [1],
  }
  const { findings } = scenarioEvidence(talk.transcript, {
    scenario: { uri: 'a', name: 'n', line: 1 },
    target: 't',
    seed: 's',
    findings: [added],
  })
  assert.deepEqual(findings, [
    {
      code: 'foreign-order',
      rule: 'query.by-server-id',
      orderId: '7',
      detail: 'asked for 7, answered about 8',
      exchanges: [1],
    },
    added,
  ])
})

test('a full run must have logged in, asked a rate, followed an order and downloaded', async () => {
  const talk = new Talk()
  const evidence = () =>
    scenarioEvidence(talk.transcript, {
      scenario: { uri: 'a', name: 'n', line: 1 },
      target: 't',
      seed: 's',
    })
  const missing = () => missingFromFullRun([evidence()])
  await talk.call('POST', '/v2/sso/login', new Response('{}', { status: 401 }))
  assert.deepEqual(missing(), ['a login', 'a rate', 'an order queried to its end', 'a download'])
  await talk.call('POST', '/v2/sso/login', new Response('{}'))
  await talk.call('GET', '/marketdataset', new Response('[]'))
  assert.deepEqual(missing(), ['an order queried to its end', 'a download'])
  await talk.order('7', 'PQ', 'RECEIVED', 'NEW')
  await talk.call('GET', '/v2/trades/stp/messages', new Response('[]'))
  assert.deepEqual(missing(), ['an order queried to its end'])
  await talk.query('7', { orderId: '7', type: 'PQ', status: 'REJECTED' })
  assert.deepEqual(missing(), [])
})

test('the summary can be read', () => {
  const [, , three] = results
  if (!three) throw new Error('expected a result')
  const failed = {
    ...three,
    failure: { step: 'Then the order is FILLED', message: 'but it is NEW' },
  }
  const all = [...results.filter((result) => result !== three), failed]
  const text = summaryText({
    verdict: verdictOf(run, all),
    results: all,
    tookMs: 1234,
    reports: [{ path: 'reports/simulation/allure.html', about: 'everything' }],
  })
  assert.include(
    text,
    '6 scenarios on simulation (seed s): 3 passed, 2 failed, 1 not verified, in 1.2 s',
  )
  assert.match(text, /PQ lifecycle +3 of 6 rules observed; not observed: pq\.placed-refused/)
  assert.include(
    text,
    'features/a.feature:3 Three\n    Then the order is FILLED\n      but it is NEW',
  )
  assert.include(
    text,
    'illegal-transition: order 1: FILLED → NEW (exchanges 2 and 3), against pq.filled-new.',
  )
  assert.include(text, 'reports/simulation/allure.html  everything')
})
