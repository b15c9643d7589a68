import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { IntegralClient } from '../../src/api/client/integral-client.ts'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import { ControlError } from '../../src/mocks/server/control/control-error.ts'
import { limit, open } from './open.ts'

const FAR = { price: 1 }

async function placed(client: IntegralClient, order: object): Promise<string> {
  const answer = await client.placeOrder(order as PlaceOrderRequest)
  if (answer.kind !== 'success' || !answer.value)
    return assert.fail(`Placing brought a ${answer.kind}.`)
  return answer.value.orderId
}

async function statuses(client: IntegralClient, orderId: string, queries: number) {
  const seen: string[] = []
  for (let count = 0; count < queries; count++) {
    const answer = await client.queryOrder(orderId)
    seen.push(answer.kind === 'success' ? String(answer.value?.status) : answer.kind)
  }
  return seen
}

async function refusal(promise: Promise<unknown>): Promise<ControlError> {
  const error = await promise.then(
    () => assert.fail('It was not refused.'),
    (thrown: unknown) => thrown,
  )
  assert.instanceOf(error, ControlError)
  return error as ControlError
}

describe('Through the control API', () => {
  it('outcomes are scripted by coId, pattern, symbol, side and number', async (t) => {
    const { app, org } = await open(t)
    const acme = org('Acme')
    const client = app('Acme')
    await acme.scriptOutcome({
      match: { coId: 'mine' },
      outcome: { kind: 'reject after NEW', reason: 'Last look' },
    })
    await acme.scriptOutcome({
      match: { coIdPattern: 'slow-*', side: 'Buy', symbol: 'EUR/USD' },
      next: 2,
      outcome: { kind: 'fill', received: { polls: 1 }, new: { polls: 1 } },
    })
    assert.deepEqual(await statuses(client, await placed(client, limit('mine')), 2), [
      'NEW',
      'REJECTED',
    ])
    for (const coId of ['slow-1', 'slow-2'])
      assert.deepEqual(await statuses(client, await placed(client, limit(coId)), 3), [
        'RECEIVED',
        'NEW',
        'FILLED',
      ])
    assert.deepEqual(await statuses(client, await placed(client, limit('slow-3')), 2), [
      'NEW',
      'FILLED',
    ])
    const left = await acme.listOutcomes()
    assert.deepEqual(
      left.map(({ match, served }) => [match.coId, served]),
      [['mine', 1]],
    )
    await acme.removeOutcome({ ruleId: String(left[0]?.id) })
    assert.deepEqual(await acme.listOutcomes(), [])
    assert.equal((await refusal(acme.removeOutcome({ ruleId: '999' }))).status, 404)
  })

  it('a held order proceeds when it is told to', async (t) => {
    const { app, org } = await open(t)
    const acme = org('Acme')
    const client = app('Acme')
    const held = { kind: 'fill', received: 'held', new: 'held' } as const
    await acme.scriptOutcome({ match: {}, next: 1, outcome: held })
    const orderId = await placed(client, limit('held'))
    assert.deepEqual(await statuses(client, orderId, 2), ['RECEIVED', 'RECEIVED'])
    await acme.proceedOrder({ orderId })
    assert.deepEqual(await statuses(client, orderId, 2), ['NEW', 'NEW'])
    await acme.proceedOrder({ orderId })
    assert.deepEqual(await statuses(client, orderId, 1), ['FILLED'])
    assert.deepEqual(
      (await acme.listTrades()).map((trade) => trade.orderId),
      [orderId],
    )
    assert.equal((await refusal(acme.proceedOrder({ orderId: '1' }))).status, 404)
  })

  it('the market stands still, moves, is set, dries up and comes back', async (t) => {
    const { app, org } = await open(t)
    const acme = org('Acme')
    const client = app('Acme')
    await acme.freezeMarket()
    await acme.setPrice({ symbol: 'EUR/USD', mid: 1.1 })
    await acme.setSize({ symbol: 'EUR/USD', amount: 4_000 })
    const rateOf = async () => {
      const { frozen, rates } = await acme.showMarket()
      return { frozen, ...rates.find(({ symbol }) => symbol === 'EUR/USD') }
    }
    assert.deepInclude(await rateOf(), { frozen: true, bid: 1.09998, offerLimit: 4_000 })
    const orderId = await placed(client, limit('resting', FAR))
    assert.deepEqual(await statuses(client, orderId, 2), ['NEW', 'NEW'])
    await acme.moveMarket({ pips: -1_010, symbol: 'EUR/USD' })
    const after = await client.queryOrder(orderId)
    const { status, cumQty } = Object(after.kind === 'success' ? after.value : {})
    assert.equal(status, 'NEW')
    assert.include([4_000, 8_000], cumQty)
    await acme.withdrawPrices({ symbol: 'EUR/USD' })
    assert.notProperty(await rateOf(), 'bid')
    await acme.restorePrices({})
    assert.property(await rateOf(), 'bid')
    await acme.thawMarket()
    assert.isFalse((await rateOf()).frozen)
  })

  it('time stands still, passes at once, and runs', async (t) => {
    const { app, org } = await open(t, { time: 'real' })
    const acme = org('Acme')
    const client = app('Acme')
    const { now } = await acme.freezeClock()
    assert.deepEqual(await acme.showClock(), { now, pace: 0 })
    const gtt = limit('gtt', { ...FAR, timeInForce: 'GTT', expiryTime: 30 })
    const orderId = await placed(client, gtt)
    assert.deepEqual(await statuses(client, orderId, 2), ['NEW', 'NEW'])
    assert.deepEqual(await acme.advanceClock({ ms: 29_999 }), { now: now + 29_999, pace: 0 })
    assert.deepEqual(await statuses(client, orderId, 1), ['NEW'])
    await acme.advanceClock({ ms: 1 })
    assert.deepEqual(await statuses(client, orderId, 1), ['EXPIRED'])
    assert.equal((await acme.runClock({ pace: 60 })).pace, 60)
  })

  it('tokens end, and faults come and go', async (t) => {
    const { app, org } = await open(t, { time: 'real' })
    const acme = org('Acme')
    const client = app('Acme')
    await client.login()
    await acme.expireTokens()
    // The client gets itself another session, and asks again.
    assert.equal((await client.queryActiveOrders()).kind, 'success')
    await acme.stageFault({ operation: 'placeOrder', kind: 'cut', when: 'after' })
    const lost = await client.placeOrder(limit('lost') as PlaceOrderRequest).then(
      () => 'answered',
      () => 'no answer',
    )
    assert.equal(lost, 'no answer')
    const journal = await acme.showJournal()
    assert.includeMembers(
      journal.entries.map((entry) => String(entry.operation ?? entry.action)),
      ['expireTokens', 'stageFault', 'placeOrder'],
    )
    const answered = journal.entries.map((entry) => Object(entry.response).status)
    assert.include(answered, 401)
    assert.deepEqual(
      (await acme.listOrders()).map(({ coId }) => coId),
      ['lost'],
    )
  })

  it('somebody is enrolled, and may trade or not', async (t) => {
    const { app, org } = await open(t)
    const { password, org: own } = await org('Acme').enrolUser({ user: 'ada', mayTrade: false })
    assert.equal(own, 'Acme')
    assert.isAbove(password.length, 8)
    const client = app('Acme')
    assert.equal((await client.login()).kind, 'refusal')
    await org('Acme').enrolUser({ user: 'ada', password: 'correct horse', mayTrade: false })
    assert.equal((await client.login()).kind, 'success')
    assert.equal((await client.placeOrder(limit('no') as PlaceOrderRequest)).kind, 'refusal')
  })

  it('an organisation begins with its own settings, begins again, and goes', async (t) => {
    const { app, org, control } = await open(t)
    const acme = org('Acme')
    const begun = await acme.beginOrganisation({
      seed: 'own',
      settings: { 'cancel.status': 'CANCELLED' },
      clock: { virtualFrom: 0 },
    })
    assert.deepInclude(begun, { name: 'Acme', seed: 'own', now: 0, pace: 0, orders: 0 })
    const client = app('Acme', begun.baseUrl)
    const orderId = await placed(client, limit('one', FAR))
    await client.cancelOrder(orderId)
    assert.deepEqual(await statuses(client, orderId, 1), ['CANCELLED'])
    await acme.reset()
    assert.deepInclude(await acme.showOrganisation(), { seed: 'own', orders: 0 })
    assert.deepEqual(
      (await acme.showJournal()).entries.map(({ action }) => action),
      ['reset'],
    )
    const wrong = await refusal(acme.beginOrganisation({ settings: { tokenTtl: 5 } }))
    assert.deepInclude(wrong, { status: 400, path: 'settings' })
    assert.match(wrong.message, /did you mean "tokenTtlMs"/)
    assert.equal((await acme.showOrganisation()).seed, 'own')
    assert.equal((await control.health()).organisations, 1)
    await acme.removeOrganisation()
    assert.equal((await control.health()).organisations, 0)
    assert.equal((await refusal(acme.showOrganisation())).status, 404)
  })
})

describe('The journal', () => {
  it('has calls and control actions in their order, and no secret', async (t) => {
    const { app, org, control, server } = await open(t)
    const acme = org('Acme')
    const client = app('Acme')
    await client.login()
    const token = client.session?.token.reveal() ?? assert.fail('There is no token.')
    await acme.moveMarket({ pips: 3 })
    await placed(client, limit('one'))
    const journal = await acme.showJournal()
    assert.deepEqual(
      journal.entries.map(({ number, kind, operation, action }) => [
        number,
        kind,
        operation ?? action,
      ]),
      [
        [1, 'call', 'login'],
        [2, 'control', 'moveMarket'],
        [3, 'call', 'placeOrder'],
      ],
    )
    const text = JSON.stringify(journal)
    for (const secret of ['correct horse', token]) assert.notInclude(text, secret)
    const rest = await acme.showJournal({ after: 2, most: 1 })
    assert.deepEqual(
      rest.entries.map(({ number, token: used }) => [number, Object(used).number]),
      [[3, Object(journal.entries[2]).token.number]],
    )
    await fetch(`${server.origin}/v2/orders/1`)
    const [stray] = await fetch(`${server.origin}/_simulation/strays`)
      .then((answer) => answer.json())
      .then((body) => (body as typeof journal).entries)
    assert.deepInclude(Object(stray), { kind: 'call', operation: 'queryOrder' })
    assert.equal((await control.organisations()).length, 1)
  })
})

describe('What the control API turns down', () => {
  const wrong: readonly [string, string, RegExp, string?][] = [
    ['market/move', '{"pips":"three"}', /^Failed to read pips: /, 'pips'],
    ['market/move', '{"pips":1,"pip":1}', /pip/],
    ['market/move', '{', /^The body is not JSON\.$/],
    ['market/price', '{"symbol":"EUR/XXX","mid":1}', /unknown symbol/],
    ['clock/advance', '{"ms":-1}', /^Failed to read ms: /, 'ms'],
    ['faults', '{"operation":"placeOrder","kind":"sulk"}', /kind/, 'kind'],
    ['outcomes', '{"match":{},"outcome":{"kind":"lost"}}', /outcome\.kind/, 'outcome.kind'],
  ]
  for (const [path, body, sentence, where] of wrong)
    it(`${path} ${body}`, async (t) => {
      const { server, control } = await open(t)
      const url = `${server.origin}/_simulation/organisations/Acme/${path}`
      const answer = await fetch(url, { method: 'POST', body })
      const told = Object(await answer.json())
      assert.equal(answer.status, 400)
      assert.match(told.error, sentence)
      if (where !== undefined) assert.equal(told.path, where)
      const journals = (await control.organisations()).map(({ journal }) => journal.last)
      assert.isTrue(journals.every((last) => last === 0))
    })
})
