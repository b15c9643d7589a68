import { test } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { missingFromFullRun } from '../../src/evidence/completeness.ts'
import { sentenceOf } from '../../src/evidence/finding.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import {
  type ScenarioEvidence,
  scenarioEvidence,
  scenarioEvidenceSchema,
} from '../../src/evidence/scenario-evidence.ts'
import { summaryText } from '../../src/evidence/summary.ts'
import type { ScenarioResult } from '../../src/evidence/verdict.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'
import { orderSeen, orderSent, Talk } from './talk.ts'

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
    'coverage',
    'failures',
    'settings',
    'selection',
    'variants',
    'notVerified',
  ])
  assert.deepEqual(verdict.scenarios, { passed: 3, failed: 2, notVerified: 1 })
  assert.deepEqual(
    verdict.findings.map(({ scenario: where, rule }) => `${where}: ${rule}`),
    [
      'features/a.feature:3 Three: pq.filled-new',
      'features/a.feature:3 Three: limit.placed-new',
      'features/c.feature:3 Five: limit.known-status',
    ],
  )
  assert.deepEqual(verdict.findings[0], {
    code: 'illegal-transition',
    rule: 'pq.filled-new',
    severity: 'must',
    scenario: 'features/a.feature:3 Three',
    orderId: '1',
    expected: 'What is FILLED is final: a PQ order never becomes NEW after it.',
    detail: 'FILLED → NEW',
    exchanges: [2, 3],
    contradicts: { exchange: 2, saw: 'GET /api/v2/orders/1 → 200, FILLED' },
  })
})

test('every documented rule is listed, as held, broken or not verified', () => {
  const { rules } = verdictOf(run, results)
  const documented = catalogue.map(({ id }) => id)
  assert.deepEqual(
    rules.map(({ id }) => id),
    documented,
  )
  assert.lengthOf(new Set(documented), documented.length)
  const of = (id: string) => rules.find((rule) => rule.id === id)
  assert.deepEqual(of('pq.new-filled'), {
    id: 'pq.new-filled',
    severity: 'must',
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

test('a finding says what was expected, and what was seen', async () => {
  const talk = new Talk()
  await talk.query('7', orderSeen('8', 'NEW'))
  assert.deepEqual(talk.evidence().findings, [
    {
      code: 'foreign-order',
      rule: 'query.by-server-id',
      orderId: '7',
      expected: 'A query by server id is answered about the order that was asked for.',
      detail: 'asked for 7, answered about 8',
      exchanges: [1],
    },
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

test('with HMAC nobody logs in, and nobody misses it', () => {
  assert.deepEqual(missingFromFullRun([], { auth: 'hmac' }), [
    'a rate',
    'an order queried to its end',
    'a download',
  ])
  assert.include(missingFromFullRun([], { auth: 'token' }), 'a login')
})

test('what the run itself saw counts as if a scenario had seen it', async () => {
  const talk = new Talk()
  await talk.login('u', new Response('{}', { status: 418 }))
  await talk.call('GET', '/marketdataset?id=x', Response.json([{ id: 'x', rates: [] }]))
  const verdict = verdictOf(run, [], talk.evidence())
  assert.deepEqual(
    verdict.findings.map(({ scenario: where, rule }) => ({ where, rule })),
    [{ where: 'the run itself', rule: 'http.login' }],
  )
  const of = (id: string) => verdict.rules.find((rule) => rule.id === id)
  const scenarios = ['the run itself']
  assert.deepEqual(of('http.market-data-set'), {
    id: 'http.market-data-set',
    severity: 'must',
    result: 'held',
    scenarios,
  })
  assert.deepEqual(of('http.login'), {
    id: 'http.login',
    severity: 'must',
    result: 'broken',
    scenarios,
  })
  assert.equal(verdict.baseUrl, 'https://host.invalid/api')
  assert.deepEqual(verdict.scenarios, { passed: 0, failed: 0, notVerified: 0 })
})

test('scenarios that were not verified are listed with their reason', async () => {
  const [one] = results
  if (!one) throw new Error('expected a result')
  const { evidence: _, ...bare } = one
  const told = { ...bare, line: 4, status: 'notVerified', notVerified: 'no control' } as const
  assert.deepEqual(verdictOf(run, [bare, told]).notVerified, [
    { scenario: 'features/b.feature:3 One', reason: 'it left no evidence' },
    { scenario: 'features/b.feature:4 One', reason: 'no control' },
  ])
})

const report = {
  leftWorking: [{ orderId: '7', coId: 'c7', status: 'NEW', why: 'the host is down' }],
  inDoubt: [{ coId: 'c8', result: 'unknown' }],
  foreignTrades: [{ tradeId: 'FXI9', orderId: '9', coId: 'c9' }],
  dealt: { EUR: -1_000 },
  caps: {
    ...{ maxSize: 9_000, maxOrders: 200, maxOpenOrders: 20, maxRequestsPerSecond: 25 },
    placed: 3,
  },
  interrupted: 'SIGINT',
}

test('what a run reports besides its scenarios passes through, after all else', () => {
  const verdict = verdictOf({ ...run, ...report }, [])
  assert.deepInclude(verdict, report)
  assert.deepEqual(Object.keys(verdict).slice(11), [
    'variants',
    ...Object.keys(report),
    'notVerified',
  ])
})

test('observed variants are folded: each value, how many saw it, and where first', async () => {
  const shapes = async (line: number, ...answers: readonly unknown[]): Promise<ScenarioResult> => {
    const talk = new Talk()
    for (const answer of answers) await talk.query('7', answer)
    return { uri: 'a.feature', line, name: 'S', status: 'passed', evidence: talk.evidence() }
  }
  const order = orderSeen('7', 'NEW')
  const seen = [await shapes(9, [order], [order]), await shapes(3, [order]), await shapes(5, order)]
  const expected = [
    {
      setting: 'query.shape',
      values: [
        { value: 'array', scenarios: 2, first: { scenario: 'a.feature:3 S', exchange: 1 } },
        { value: 'object', scenarios: 1, first: { scenario: 'a.feature:5 S', exchange: 1 } },
      ],
    },
  ]
  assert.deepEqual(verdictOf(run, seen).variants, expected)
  assert.deepEqual(verdictOf(run, seen.toReversed()).variants, expected)
})

test('a finding that is about no order says so in one sentence', () => {
  const finding = { code: 'a', rule: 'b', orderId: '', expected: 'D is E.', detail: 'c' }
  assert.equal(sentenceOf({ ...finding, exchanges: [] }), 'a: c, against b: D is E.')
  assert.equal(sentenceOf({ ...finding, exchanges: [1] }), 'a: c (exchange 1), against b: D is E.')
  assert.equal(
    sentenceOf({ ...finding, orderId: '7', exchanges: [1, 2, 3] }),
    'a: order 7: c (exchanges 1, 2 and 3), against b: D is E.',
  )
  const contradicts = { exchange: 1, saw: 'GET /x → 200, FILLED' }
  assert.equal(
    sentenceOf({ ...finding, exchanges: [1, 2], contradicts }),
    'a: c (exchanges 1 and 2), though exchange 1 showed GET /x → 200, FILLED, against b: D is E.',
  )
})

const summaryOf = (target: string, all: readonly ScenarioResult[]) =>
  summaryText({
    verdict: verdictOf({ ...run, ...report, target }, all),
    tookMs: 1,
    reports: [],
  })

test('the summary has a line for each family of rules', async () => {
  const talk = new Talk()
  await talk.place(orderSent('7'), orderSeen('7', 'RECEIVED'), 200)
  await talk.query('7', orderSeen('7', 'NEW'))
  const place = { uri: 'a.feature', line: 3, name: 'One', status: 'passed' } as const
  const text = summaryOf('simulation', [{ ...place, evidence: talk.evidence() }])
  assert.match(
    text,
    /^HTTP +\d+ of \d+ rules observed; broken: http\.place-order; not observed: http\.login, .* and \d+ more$/m,
  )
  assert.match(text, /^Shapes +\d+ of \d+ rules observed; not observed: shape\.login, /m)
  assert.match(text, /^Echo +2 of \d+ rules observed/m)
  assert.match(text, /^Rates +0 of \d+ rules observed; not observed: rate\.of-symbol/m)
  assert.match(text, /^Trades +0 of \d+ rules observed; not observed: trade\.agrees, /m)
  assert.match(text, /^Waiting +0 of \d+ rules observed; not observed: order\.final-in-time, /m)
})

test('the summary of an endpoint tells what only an endpoint can surprise with', async () => {
  const talk = new Talk()
  await talk.query('7', orderSeen('7', 'NEW'))
  await talk.query('8', [orderSeen('8', 'NEW')])
  const place = { uri: 'a.feature', line: 3, name: 'One', status: 'passed' } as const
  const all = [{ ...place, evidence: talk.evidence() }]
  const text = summaryOf('uat', all)
  for (const section of [
    'Observed variants\n  query.shape  "object" (1 scenario, first in a.feature:3 One, exchange 1), "array" (1 scenario, first in a.feature:3 One, exchange 2)\n',
    'Orders: 3 of 200 allowed were placed; 1 may be working still; filled, bought less sold, as dealt: EUR -1000\n',
    'Orders left working\n  order 7, client id c7, last seen NEW: the host is down\n',
    'Orders in doubt\n  client id c8: unknown\n',
    'Trades of others that were downloaded\n  trade FXI9 of order 9, client id c9\n',
  ]) {
    assert.include(text, section)
    assert.notInclude(summaryOf('simulation', all), section)
  }
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
    tookMs: 1234,
    reports: [{ path: 'reports/simulation/allure.html', about: 'everything' }],
  })
  assert.include(
    text,
    '6 scenarios on simulation (seed s): 3 passed, 2 failed, 1 not verified, in 1.2 s',
  )
  assert.match(
    text,
    /PQ lifecycle +\d+ of 27 rules observed; broken: pq\.filled-new; not observed: pq\.placed-refused/,
  )
  assert.include(
    text,
    'features/a.feature:3 Three\n    Then the order is FILLED\n      but it is NEW',
  )
  assert.include(
    text,
    'illegal-transition: order 1: FILLED → NEW (exchanges 2 and 3), though exchange 2 showed GET /api/v2/orders/1 → 200, FILLED, against pq.filled-new: What is FILLED is final: a PQ order never becomes NEW after it.',
  )
  assert.include(text, 'reports/simulation/allure.html  everything')
})
