import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { PlayScript } from '../../../src/cli/play/play-script.ts'
import { finalView, limitOrder, place, placed } from './app.ts'
import { script } from './feature-files.ts'
import { PlayedSimulation } from './played-simulation.ts'

const REJECTED = `
    Given Ada is signed in
    And the desk will reject the next order before NEW, saying "Credit check failed"
    When Ada places a limit order to buy a small amount at the market, good till cancelled
    Then the order should be REJECTED
    And the reason should be "Credit check failed"`
const EXPIRED = `
    Given Ada is signed in
    And Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds
    When 30 seconds pass
    Then the order should be EXPIRED
    And Ada should have no trade for the order`
const FILLED_IN_TIME = `
    Given Ada is signed in
    And the market stands still
    And Ada has placed a limit order to buy a small amount 200 pips below the market, good till cancelled
    And the order should be NEW
    When the market falls 9000 pips
    Then the order should be FILLED`

async function playing(
  given: PlayScript,
  options: { readonly keepsSessions?: boolean } = {},
): Promise<PlayedSimulation> {
  const played = new PlayedSimulation(given, options)
  await played.play.begin()
  return played
}

/** The states of the steps of one scenario, and what was unexpected in it. */
async function outcomeOf({ play }: PlayedSimulation, index = 0) {
  await play.settled()
  const scenario = play.progress().scenarios[index]
  return {
    states: scenario?.steps.map(({ state }) => state),
    notes: scenario?.steps.flatMap(({ notes }) => notes),
    deviations: scenario?.deviations,
  }
}

const below = { price: 0.9 }

describe('A play', () => {
  it('has done what stands before a call when the call comes', async () => {
    const played = await playing(await script(REJECTED))
    const client = played.connect()
    await client.login()
    const view = await finalView(client, await placed(client))
    assert.equal(view.status, 'REJECTED')
    assert.equal(view.reason, 'Credit check failed')
    const { states } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'done', 'done', 'seen', 'seen'])
    assert.equal(played.play.progress().state, 'over')
  })

  it('goes through the scenarios one by one, and all is ordinary afterwards', async () => {
    const played = await playing(await script(REJECTED, EXPIRED), { keepsSessions: true })
    const client = played.connect()
    await client.login()
    assert.equal((await finalView(client, await placed(client))).status, 'REJECTED')
    const orderId = await placed(client, { ...below, timeInForce: 'GTT', expiryTime: 30 })
    assert.equal((await finalView(client, orderId)).status, 'EXPIRED')
    await client.downloadTrades()
    const { states, deviations } = await outcomeOf(played, 1)
    assert.deepEqual([states, deviations], [['done', 'done', 'done', 'seen', 'seen'], []])
    assert.deepEqual(played.begun, ['number 1', 'number 2', undefined])
    assert.equal((await finalView(client, await placed(client))).status, 'FILLED')
  })

  it('waits for a new login where the sessions ended with the scenario before', async () => {
    const played = await playing(await script(REJECTED, REJECTED))
    const client = played.connect()
    await client.login()
    await finalView(client, await placed(client))
    assert.deepEqual((await outcomeOf(played, 0)).states?.at(-1), 'seen')
    assert.equal(played.play.progress().waitingFor?.text, 'Ada is signed in')
  })

  it('has the outcome of an order happen to that order alone', async () => {
    const played = await playing(
      await script(`
    Given the desk will reject the next order before NEW
    And Ada has placed a limit order to buy a small amount at the market, good till cancelled
    When the market falls 1 pips
    And Ada places a limit order to buy a small amount at the market, good till cancelled
    Then the order should be FILLED`),
    )
    const client = played.connect()
    assert.equal((await finalView(client, await placed(client))).status, 'REJECTED')
    assert.equal((await finalView(client, await placed(client))).status, 'FILLED')
    assert.equal(played.play.progress().state, 'over')
  })

  it('says where it is, and what it waits for, as lines and as JSON', async () => {
    const played = await playing(await script(EXPIRED))
    const place1 = played.play.progress().scenarios[0]?.place.replace(':2', '')
    assert.deepEqual(played.lines, [`${place1}:4 number 1 — waiting for: Ada is signed in`])
    assert.deepInclude(played.play.progress(), { state: 'playing' })
    assert.equal(played.play.progress().waitingFor?.text, 'Ada is signed in')
    const client = played.connect()
    await client.login()
    await placed(client, { ...below, timeInForce: 'GTT', expiryTime: 30 })
    assert.deepEqual(played.lines.slice(1), [
      `${place1}:4 number 1 — done: Ada is signed in (exchange 1)`,
      `${place1}:5 number 1 — waiting for: Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds`,
      `${place1}:5 number 1 — done: Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds (exchange 2)`,
      `${place1}:6 number 1 — done: 30 seconds pass`,
      `${place1}:7 number 1 — waiting for: the order should be EXPIRED`,
    ])
    assert.doesNotThrow(() => JSON.parse(JSON.stringify(played.play.progress())))
  })

  it('moves the market only once the client was told that its order works', async () => {
    const played = await playing(await script(FILLED_IN_TIME))
    const client = played.connect()
    await client.login()
    const orderId = await placed(client, below)
    const first = await client.queryOrder(orderId)
    assert(first.kind === 'success')
    assert.equal((await finalView(client, orderId)).status, 'FILLED')
    const { states } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'done', 'done', 'seen', 'done', 'seen'])
  })

  it('plays to each organisation by itself, from one script', async () => {
    const given = await script(REJECTED, FILLED_IN_TIME)
    const [one, other] = [await playing(given), await playing(given)]
    const [first, second] = [one.connect(), other.connect()]
    await first.login()
    assert.equal((await finalView(first, await placed(first))).status, 'REJECTED')
    assert.equal(other.play.progress().waitingFor?.text, 'Ada is signed in')
    assert.equal(one.play.progress().scenarios[0]?.state, 'played')
    await second.login()
    assert.equal((await finalView(second, await placed(second))).status, 'REJECTED')
    assert.deepEqual(other.begun, one.begun)
  })

  it('loses no settings that a scenario assumes, and tells who may sign in', async () => {
    const played = await playing(
      await script(`
    Given the simulation assumes "query.shape" is "array"
    And Grace, who has no trading permission, is signed in
    When Grace places a harmless limit order
    Then the placing should be refused with 403 and an error object`),
    )
    const signIn = played.play.progress().waitingFor?.signIn
    assert(signIn)
    assert.notInclude(played.lines.join(), signIn.password)
    assert.include(played.lines.join(), `Sign in as ${signIn.user} of ${signIn.org}.`)
    assert.deepEqual(played.settings, { 'query.shape': 'array' })
    await played.connect().login()
    assert.equal(played.play.progress().waitingFor?.state, 'waiting', 'Ada is not Grace.')
    const client = played.connect(signIn)
    await client.login()
    await place(played.connect(), limitOrder())
    assert.equal((await place(client, limitOrder())).httpStatus, 403)
    const { states, deviations } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'done', 'done', 'seen'])
    assert.lengthOf(deviations ?? [], 1)
    assert.match(deviations?.[0] ?? '', /placed an order, which the scenario does not expect yet/)
  })
})

describe('A client that does otherwise than the scenario says', () => {
  it('is told so where it places another order, and the play goes on with that', async () => {
    const played = await playing(await script(EXPIRED))
    const client = played.connect()
    await client.login()
    const orderId = await placed(client, { side: 'Sell', timeInForce: 'IOC', price: 2 })
    assert.equal((await finalView(client, orderId)).status, 'EXPIRED')
    const { states, notes } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'deviated', 'done', 'seen', 'waiting'])
    assert.deepEqual(notes, [
      'The scenario expects a limit order to buy, timeInForce GTT, expiryTime 30; the client placed a limit order to sell, timeInForce IOC, without expiryTime.',
    ])
  })

  const wrong: readonly [string, Readonly<Record<string, unknown>>, RegExp | undefined][] = [
    ['the price on the stated side of the market', below, undefined],
    [
      'the price above the market',
      { price: 2 },
      /200 pips below the market; .* at 2, the market being at 1\./,
    ],
    ['the term currency', { ...below, currency: 'USD' }, /currency EUR; .* currency USD\.$/],
    ['another pair', { ...below, symbol: 'GBP/USD', currency: 'GBP' }, /symbol EUR\/USD/],
    ['another amount', { ...below, size: 70_000 }, undefined],
  ]
  for (const [name, fields, expected] of wrong) {
    it(`is held to what the scenario says of the order: ${name}`, async () => {
      const played = await playing(
        await script(`
    Given Ada has a rate for the agreed pair
    When Ada places a limit order to buy a small amount 200 pips below the market, good till cancelled`),
      )
      const client = played.connect()
      await client.login()
      await client.spotRate('GBP/USD')
      assert.equal(played.play.progress().state, 'playing', 'A rate of another pair is not it.')
      await client.spotRate('EUR/USD')
      await place(client, limitOrder(fields))
      const { notes } = await outcomeOf(played)
      if (expected) assert.match(notes?.join() ?? '', expected)
      else assert.deepEqual(notes, [])
    })
  }

  it('is told where an order should be wrong on purpose, or repeat a client id', async () => {
    const played = await playing(
      await script(`
    When Ada places a limit order without price
    And Ada places a limit order with size set to 0
    And Ada places an order under the same client id`),
    )
    const client = played.connect()
    await client.login()
    const { price: _, ...fields } = limitOrder()
    await place(client, fields)
    await place(client, limitOrder())
    await place(client, limitOrder())
    const { states, notes } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'deviated', 'deviated'])
    assert.match(notes?.[0] ?? '', /wrong in the way it says/)
    assert.match(notes?.[1] ?? '', /under the client id of the one before/)
  })

  it('is not waited for where it has gone on: what it passes over is missed', async () => {
    const played = await playing(
      await script(`
    Given Ada has placed a limit order to buy a small amount 200 pips below the market, good till cancelled
    And the order should be NEW
    When the market falls 1 pips
    And Ada cancels the order
    Then the order should be CANCELED`),
    )
    const client = played.connect()
    const orderId = await placed(client, below)
    await client.cancelOrder(orderId)
    const { states } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'not seen', 'missed', 'done', 'waiting'])
    await finalView(client, orderId)
    assert.equal(played.play.progress().state, 'over')
  })

  it('ends a scenario by placing an order that is none of it', async () => {
    const played = await playing(await script(FILLED_IN_TIME, REJECTED), { keepsSessions: true })
    const client = played.connect()
    await client.login()
    const body = limitOrder(below)
    await place(client, body)
    await place(client, body)
    await client.cancelOrder('4711')
    await place(client, limitOrder())
    const { states, deviations } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'done', 'done', 'not seen', 'missed', 'not seen'])
    assert.deepEqual(deviations, [
      'The client placed an order again, which the scenario does not expect (exchange 3).',
      'The client cancelled an order, which the scenario does not expect here (exchange 4).',
      'The client placed another order, so what was left of the scenario is passed over (exchange 5).',
    ])
    assert.isTrue(
      played.lines.some((line) => line.includes('number 1 — deviated: The client placed')),
    )
    assert.match(played.play.progress().waitingFor?.text ?? '', /^Ada places a limit order to buy/)
    assert.equal((await finalView(client, await placed(client))).status, 'REJECTED')
  })

  it('is waited for until it is about the order that the scenario names', async () => {
    const played = await playing(
      await script(`
    Given Ada has placed a limit order to buy a small amount 200 pips below the market, good till cancelled, as the lower order
    And Ada has placed a limit order to buy a small amount 100 pips below the market, good till cancelled, as the upper order
    When Ada queries the order
    And Ada cancels the lower order
    Then the lower order should be CANCELED`),
    )
    const client = played.connect()
    const [lower, upper] = [await placed(client, below), await placed(client, below)]
    await client.queryOrder(lower)
    assert.equal(played.play.progress().waitingFor?.text, 'Ada queries the order')
    await client.queryOrder(upper)
    await client.cancelOrder(upper)
    await client.cancelOrder(lower)
    await finalView(client, lower)
    const { states, deviations } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'done', 'done', 'done', 'seen'])
    assert.match(deviations?.join() ?? '', /^The client cancelled an order, .* \(exchange 6\)\.$/)
  })

  it('may place before it has done all else: what it left out is missed', async () => {
    const played = await playing(
      await script(`
    Given Ada signs in
    When Ada renews the session
    And Ada places a harmless limit order`),
    )
    const client = played.connect()
    await client.login()
    await place(client, limitOrder({ type: 'Limit' }))
    const { states } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'missed', 'done'])
  })

  it('has not placed anything where its token was refused', async () => {
    const played = await playing(await script(REJECTED))
    const client = played.connect()
    await client.login()
    await client.call('placeOrder', { body: limitOrder(), token: null })
    assert.match(played.play.progress().waitingFor?.text ?? '', /^Ada places a limit order/)
    assert.deepEqual((await outcomeOf(played)).deviations, [])
  })
})

describe('Whoever signs every request', () => {
  it('shows that it is signed in by the first call that is answered', async () => {
    const staged = '    And the desk will reject the next order before NEW'
    assert.deepEqual(await statesAfterPlacing(), ['done', 'done', 'seen'])
    assert.deepEqual(
      await statesAfterPlacing(staged),
      ['done', 'done', 'waiting', 'to come'],
      'What was staged after the placing can say nothing about it.',
    )
  })

  async function statesAfterPlacing(staged = '') {
    const played = await playing(
      await script(`
    Given Ada is signed in
${staged}
    When Ada places a harmless limit order
    Then the order should be received, not executed`),
    )
    const body = { coId: 'a', type: 'Limit', symbol: 'EUR/USD' }
    await played.play.receive({
      ...{ operation: 'placeOrder', at: 0, exchange: 1, request: { body, query: {}, params: {} } },
      answer: { status: 202, body: { ...body, orderId: '1', status: 'RECEIVED' } },
    })
    return (await outcomeOf(played)).states
  }
})

describe('A play that cannot have its way', () => {
  it('says which step could not be staged, and goes on', async () => {
    const played = await playing(
      await script(`
    Given Ada is signed in
    When the market falls 25 pips
    And Ada places a harmless limit order`),
    )
    const market = played.exchange.market
    market.move = () => {
      throw new RangeError('Failed to move the market: it is closed.')
    }
    await played.connect().login()
    const { states, notes } = await outcomeOf(played)
    assert.deepEqual(states, ['done', 'failed', 'waiting'])
    assert.deepEqual(notes, ['Failed to move the market: it is closed.'])
  })

  it('ends where a scenario cannot be begun, and says why', async () => {
    const played = new PlayedSimulation(await script(REJECTED), {
      refusal: new RangeError('Failed to reset.'),
    })
    await played.play.begin()
    const { state, failure } = played.play.progress()
    assert.deepEqual([state, failure], ['failed', 'The play cannot go on: Failed to reset.'])
    assert.deepEqual(played.lines, ['The play cannot go on: Failed to reset.'])
    await played.connect().login()
    assert.equal(played.play.progress().state, 'failed')
  })

  it('can be told to pass over what it waits for', async () => {
    const played = await playing(await script(REJECTED))
    await played.play.skip()
    assert.match(played.play.progress().waitingFor?.text ?? '', /^Ada places/)
    assert.deepEqual((await outcomeOf(played)).states?.slice(0, 2), ['missed', 'done'])
  })
})
