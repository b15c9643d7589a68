import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { assert } from 'chai'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import { companionsOf } from '../../src/cli/serve/companions.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { limit, open } from './open.ts'

const environment = { cwd: join(import.meta.dirname, '../..') }

/** A file of one test. */
function fileOf(t: TestContext, name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'companions-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const FEATURE = `Feature: Last look
  Scenario: A rejection with a reason
    Given Ada is signed in
    And the provider will reject the next order after NEW, saying "Last look"
    When Ada places a limit order to buy a small amount 20 pips below the market, good for 10 seconds
    Then the order should be REJECTED
`

describe('A server that plays a feature', () => {
  it('does what the scenario says the other side does, for each organisation by itself', async (t) => {
    const lines: string[] = []
    const play = [fileOf(t, 'mine.feature', FEATURE)]
    const { accompany, settings } = await companionsOf(
      { play, replay: undefined },
      environment,
      (line) => lines.push(line),
    )
    assert.deepEqual(settings, {})
    const { app, org } = await open(t, { ...(accompany && { accompany }) })
    const terms = { price: 1, timeInForce: 'GTT', expiryTime: 10 }
    for (const name of ['Acme', 'Other']) {
      const client = app(name)
      const placed = await client.placeOrder(limit('one', terms) as PlaceOrderRequest)
      const orderId = placed.kind === 'success' ? String(placed.value?.orderId) : placed.kind
      await client.queryOrder(orderId)
      const seen = await client.queryOrder(orderId)
      const { status, reason } = Object(seen.kind === 'success' ? seen.value : {})
      assert.deepEqual([status, reason], ['REJECTED', 'Last look'])
      assert.deepInclude(await org(name).showProgress(), {
        state: 'over',
        summary: 'The play is over: all went as the scenarios say.',
      })
      const second = await client.placeOrder(limit('two') as PlaceOrderRequest)
      const secondId = second.kind === 'success' ? String(second.value?.orderId) : second.kind
      await client.queryOrder(secondId)
      const after = await client.queryOrder(secondId)
      assert.equal(Object(after.kind === 'success' ? after.value : {}).status, 'FILLED')
    }
    assert.isTrue(lines.some((line) => /^Acme: .*mine\.feature:6 .* seen: /.test(line)))
    const staged = (await org('Acme').showJournal()).entries.map(({ action }) => action)
    assert.includeMembers(staged, ['play', 'scriptOutcome'])
  })

  it('begins the play again with the organisation', async (t) => {
    const play = [fileOf(t, 'mine.feature', FEATURE)]
    const options = { play, replay: undefined }
    const { accompany } = await companionsOf(options, environment, () => {})
    const { app, org } = await open(t, { ...(accompany && { accompany }) })
    await app('Acme').login()
    assert.match(String(Object(await org('Acme').showProgress()).waitingFor?.text), /^Ada places/)
    await org('Acme').reset()
    assert.match(String(Object(await org('Acme').showProgress()).waitingFor?.text), /signed in/)
  })

  it('says what cannot be played, and where', async (t) => {
    const file = fileOf(t, 'wrong.feature', 'Feature: X\n  Scenario: Y\n    Given Ada is asleep\n')
    const error = await companionsOf(
      { play: [file], replay: undefined },
      environment,
      () => {},
    ).then(
      () => assert.fail('It was played.'),
      (thrown: unknown) => thrown,
    )
    assert.instanceOf(error, UsageError)
    assert.match(String(error), /wrong\.feature:3: .*Ada is asleep/)
  })
})

describe('A server that replays a recording', () => {
  const call = (number: number, method: string, path: string, sent: unknown, answer: object) =>
    JSON.stringify({
      ...{ phase: 'ended', scenario: 's', number, at: number * 1_000, tookMs: 5 },
      request: {
        method,
        url: `https://uat.example.test${path}`,
        headers: [],
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
      },
      response: answer,
    })
  const told = (status: number, body: unknown) => ({
    ...{ status, headers: [{ name: 'Content-Type', value: 'application/json' }] },
    body: JSON.stringify(body),
  })
  const sent = limit('theirs', { timeInForce: 'IOC' })
  const order = { ...sent, orderId: '77', status: 'RECEIVED' }
  const recording = [
    call(1, 'POST', '/v2/orders', sent, told(202, order)),
    call(2, 'GET', '/v2/orders/77', undefined, told(200, [{ ...order, status: 'NEW' }])),
    call(3, 'GET', '/v2/orders/77', undefined, told(200, [{ ...order, status: 'NEW' }])),
    call(4, 'GET', '/v2/orders/77', undefined, told(200, [{ ...order, status: 'EXPIRED' }])),
    call(5, 'POST', '/v2/orders', { ...sent, coId: 'no' }, told(400, { errorCode: 'NO_CREDIT' })),
  ].join('\n')

  it('shows the same to the same calls, at every organisation', async (t) => {
    const replay = fileOf(t, 'transcript.ndjson', recording)
    const said: string[] = []
    const { accompany, settings } = await companionsOf({ play: [], replay }, environment, (line) =>
      said.push(line),
    )
    assert.deepEqual(said, [])
    const { app, org } = await open(t, { settings, ...(accompany && { accompany }) })
    for (const name of ['Acme', 'Other']) {
      const client = app(name)
      const mine = { timeInForce: 'IOC' }
      const placed = await client.placeOrder(limit('mine', mine) as PlaceOrderRequest)
      const orderId = placed.kind === 'success' ? String(placed.value?.orderId) : placed.kind
      const seen: unknown[] = []
      for (let query = 0; query < 3; query++) {
        const answer = await client.queryOrder(orderId)
        seen.push(Object(answer.kind === 'success' ? answer.value : {}).status)
      }
      assert.deepEqual(seen, ['NEW', 'NEW', 'EXPIRED'])
      const refused = await client.placeOrder(limit('mine-2', mine) as PlaceOrderRequest)
      assert.equal(refused.kind, 'refusal')
      assert.include(refused.raw, 'NO_CREDIT')
      const third = await client.placeOrder(limit('mine-3', mine) as PlaceOrderRequest)
      assert.equal(third.kind, 'success')
      assert.deepEqual(await org(name).showProgress(), { replayed: 2, unscripted: 1, left: [] })
    }
  })

  it('keeps for the next placing what a placing that was not taken had no use for', async (t) => {
    const replay = fileOf(t, 'transcript.ndjson', recording)
    const { accompany, settings } = await companionsOf({ play: [], replay }, environment, () => {})
    const { app, org } = await open(t, { settings, ...(accompany && { accompany }) })
    const client = app('Acme')
    await client.login()
    const mine = limit('mine', { timeInForce: 'IOC' })
    const malformed = await client.call('placeOrder', { body: { ...mine, size: 'much' } })
    assert.equal(malformed.httpStatus, 400)
    const { baseUrl } = await org('Acme').showOrganisation()
    const refused = await fetch(`${baseUrl}/v2/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', SSO_TOKEN: 'nobody' },
      body: JSON.stringify(mine),
    })
    assert.equal(refused.status, 401)
    assert.deepInclude(await org('Acme').showProgress(), { replayed: 0 })
    assert.deepEqual(await org('Acme').listOutcomes(), [])
    const placed = await client.placeOrder(mine as PlaceOrderRequest)
    const orderId = placed.kind === 'success' ? String(placed.value?.orderId) : placed.kind
    for (const status of ['NEW', 'NEW', 'EXPIRED']) {
      const answer = await client.queryOrder(orderId)
      assert.equal(Object(answer.kind === 'success' ? answer.value : {}).status, status)
    }
    assert.deepEqual(Object(await org('Acme').showProgress()).left.length, 1)
    assert.deepInclude(await org('Acme').showProgress(), { replayed: 1 })
  })

  it('withdraws what another outcome took the place of', async (t) => {
    const replay = fileOf(t, 'transcript.ndjson', recording)
    const { accompany, settings } = await companionsOf({ play: [], replay }, environment, () => {})
    const { app, org } = await open(t, { settings, ...(accompany && { accompany }) })
    const acme = org('Acme')
    await acme.scriptOutcome({ match: { coId: 'mine' }, outcome: { kind: 'fill' } })
    const mine = limit('mine', { timeInForce: 'IOC' })
    await app('Acme').placeOrder(mine as PlaceOrderRequest)
    assert.deepInclude(await acme.showProgress(), { replayed: 1 })
    assert.lengthOf(await acme.listOutcomes(), 1)
  })

  it('goes with no play', async (t) => {
    const replay = fileOf(t, 'transcript.ndjson', recording)
    const error = await companionsOf({ play: [replay], replay }, environment, () => {}).then(
      () => assert.fail('It was taken.'),
      (thrown: unknown) => thrown,
    )
    assert.match(String(error), /--play or --replay, not both/)
  })
})

describe('The client report', () => {
  it('sees what was done well, to the last trade', async (t) => {
    const { app, org } = await open(t, { time: 'real' })
    const client = app('Acme')
    const placed = await client.placeOrder(limit('well') as PlaceOrderRequest)
    const orderId = placed.kind === 'success' ? String(placed.value?.orderId) : placed.kind
    const resultsNow = async (): Promise<Record<string, string>> => {
      const { rules, verdict } = await org('Acme').clientReport()
      const all = rules as { id: string; result: string }[]
      return { verdict, ...Object.fromEntries(all.map(({ id, result }) => [id, result])) }
    }
    for (let query = 0; query < 2; query++) await client.queryOrder(orderId)
    assert.deepInclude(await resultsNow(), {
      verdict: 'not certified',
      'client.followed-to-end': 'held',
      'client.trades-left': 'broken',
    })
    for (let download = 0; download < 2; download++) await client.downloadTrades({})
    assert.deepInclude(await resultsNow(), {
      verdict: 'incomplete',
      'client.followed-to-end': 'held',
      'client.trades-left': 'held',
      'client.download-until-empty': 'held',
    })
  })

  it('certifies nothing that it did not see, and tells what was wrong', async (t) => {
    const { app, org, server } = await open(t, { time: 'real' })
    const client = app('Acme')
    await client.placeOrder(limit('once') as PlaceOrderRequest)
    const well = await org('Acme').clientReport()
    assert.notEqual(well.verdict, 'certified')
    await org('Acme').stageFault({ operation: 'placeOrder', kind: 'cut', when: 'after' })
    const again = limit('lost') as PlaceOrderRequest
    await client.placeOrder(again).catch(() => {})
    await client.placeOrder(again)
    const report = await org('Acme').clientReport()
    assert.equal(report.verdict, 'not certified')
    const findings = report.findings as { rule: string; exchanges: number[]; coId?: string }[]
    const finding = findings.find(({ rule }) => rule === 'client.look-up-lost')
    assert.equal(finding?.coId, 'lost')
    const { entries } = await org('Acme').showJournal()
    const shown = entries.filter(({ number }) => finding?.exchanges.includes(number))
    assert.isTrue(shown.every(({ operation }) => operation === 'placeOrder'))
    const text = await org('Acme').clientReportText()
    assert.match(text, /^Client not certified/)
    assert.notInclude(text + JSON.stringify(report), 'correct horse')
    const plain = await fetch(`${server.origin}/_simulation/organisations/Acme/client-report.txt`)
    assert.equal(plain.headers.get('content-type'), 'text/plain; charset=utf-8')
  })
})
