import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Outcome } from '../../src/mocks/exchange/outcome.ts'
import { at, orderIdOf, type Trader, Venue } from '../http/driver.ts'

type Terms = Readonly<Record<string, unknown>>

/** A limit order that rests 20 pips below the offer of 1.08636 until something happens. */
const RESTING = { price: 1.08436, timeInForce: 'GTC' } as const
const SECOND_MS = 1_000

async function openVenue(settings: ConstructorParameters<typeof Venue>[0] = {}) {
  const venue = new Venue(settings)
  venue.market.freeze()
  return { venue, trader: await venue.trader() }
}

const placed = async (trader: Trader, terms: Terms) => orderIdOf(await trader.placeLimit(terms))

/** Places an order with a scripted outcome and queries it. */
async function scripted(outcome: Outcome, terms: Terms = {}, queries = 4) {
  const { venue, trader } = await openVenue()
  venue.exchange.outcomes.script('staged', outcome)
  const orderId = await placed(trader, { coId: 'staged', ...terms })
  const statuses = await trader.statuses(orderId, queries)
  return {
    venue,
    trader,
    orderId,
    statuses: statuses.join(' '),
    order: await trader.query(orderId),
  }
}

describe('a limit order', () => {
  it('is answered RECEIVED with 202, its fields as sent and who placed it', async () => {
    const { trader } = await openVenue()
    const { status, body } = await trader.placeLimit({ coId: 'one', minQty: 5, tradeChannel: 'x' })
    assert.equal(status, 202)
    assert.match(String(at(body, 'orderId')), /^\d{10}$/)
    const { org } = trader.user
    assert.deepEqual(body, {
      coId: 'one',
      type: 'Limit',
      side: 'Buy',
      symbol: 'EUR/USD',
      currency: 'EUR',
      size: 1_000_000,
      price: 1.5,
      timeInForce: 'IOC',
      minQty: 5,
      tradeChannel: 'x',
      org,
      orderId: at(body, 'orderId'),
      userFullName: `ada@${org}`,
      action: 'place',
      status: 'RECEIVED',
    })
  })

  it('does not echo what no page documents, nor lets it stand for an execution', async () => {
    const { trader } = await openVenue()
    const { body } = await trader.placeLimit({ averagePrice: 5, status: 'FILLED', colour: 'red' })
    assert.notProperty(body, 'averagePrice')
    assert.notProperty(body, 'colour')
    assert.equal(at(body, 'status'), 'RECEIVED')
    assert.notProperty(await trader.query(String(at(body, 'orderId'))), 'averagePrice')
  })

  it('fills at the market where that is better than its limit, with the facts of the deal', async () => {
    const { venue, trader } = await openVenue()
    venue.clock.advance(5 * SECOND_MS)
    const order = await trader.fill({ coId: 'one', size: 1_000 })
    assert.deepInclude(order, {
      status: 'FILLED',
      executionType: 'TRADE',
      averagePrice: 1.08636,
      lastPrice: 1.08636,
      cumQty: 1_000,
      leavesQty: 0,
      lastQty: 1_000,
      settlCurrAmt: 1_086.36,
      tradeDate: '2025-06-11',
      valueDate: '2025-06-13',
      counterParty: venue.exchange.directory.broker.org,
      transactTime: venue.clock.now(),
    })
    assert.match(String(order.execId), /^FXI\d{10}$/)
  })

  const SIDES: readonly (readonly [
    side: string,
    currency: string,
    price: number,
    fills: number,
  ])[] = [
    ['Buy', 'EUR', 1.08636, 1.08636],
    ['Buy', 'USD', 1.08632, 1.08632],
    ['Sell', 'EUR', 1.08632, 1.08632],
    ['Sell', 'USD', 1.08636, 1.08636],
  ]
  for (const [side, currency, price, fills] of SIDES) {
    it(`to ${side} ${currency} deals on the right side, and not a point beyond its limit`, async () => {
      const { trader } = await openVenue()
      const terms = { side, currency, size: 50_000 }
      const worse = Number((price + (fills === 1.08636 ? -0.00001 : 0.00001)).toFixed(5))
      assert.equal((await trader.fill({ ...terms, price })).averagePrice, fills)
      assert.equal((await trader.fill({ ...terms, price: worse })).status, 'EXPIRED')
    })
  }

  it('counts in the dealt currency, whole yen where that is yen', async () => {
    const { trader } = await openVenue()
    const yen = { symbol: 'USD/JPY', currency: 'JPY', side: 'Buy', size: 1_000_000, price: 149 }
    const { cumQty, settlCurrAmt, averagePrice } = await trader.fill(yen)
    assert.deepEqual([cumQty, settlCurrAmt, averagePrice], [1_000_000, 6_694.83, 149.369])
    const dollars = { ...yen, currency: 'USD', size: 1_234.56, price: 150 }
    assert.deepInclude(await trader.fill(dollars), { cumQty: 1_234.56, settlCurrAmt: 184_412 })
    const trades = await trader.trades()
    assert.deepEqual(
      trades.map((trade) => [trade.currency, trade.dealtAmount, trade.settledAmount, trade.rate]),
      [
        ['JPY', 1_000_000, 6_694.83, 149.369],
        ['USD', 1_234.56, 184_412, 149.375],
      ],
    )
  })

  it('averages over base where parts were dealt at two rates', async () => {
    for (const [currency, average] of [
      ['EUR', 1.09136],
      // 4,000,000 USD each at 1.08632 and 1.09632: more euros at the lower rate.
      ['USD', 1.09129709],
    ] as const) {
      const { venue, trader } = await openVenue()
      const outcome = { kind: 'fill in shares', shares: [0.25, 0.25, 0.5] } as const
      venue.exchange.outcomes.script('staged', outcome)
      const price = currency === 'EUR' ? 1.5 : 1
      const orderId = await placed(trader, { coId: 'staged', currency, size: 8_000_000, price })
      await trader.statuses(orderId, 3)
      venue.market.move(100, 'EUR/USD')
      assert.equal((await trader.finish(orderId)).averagePrice, average)
    }
  })

  it('rests until the market comes to it, and deals there without being asked', async () => {
    const { venue, trader } = await openVenue()
    const orderId = await placed(trader, RESTING)
    assert.deepEqual(await trader.statuses(orderId, 4), ['NEW', 'NEW', 'NEW', 'NEW'])
    venue.market.move(-19.9, 'EUR/USD')
    assert.isEmpty(await trader.trades())
    venue.market.move(-0.1, 'EUR/USD')
    assert.lengthOf(await trader.trades(), 1)
    assert.deepInclude(await trader.query(orderId), { status: 'FILLED', averagePrice: 1.08436 })
  })

  it('rests though nobody queried it, and deals better than its limit if the market jumps', async () => {
    const { venue, trader } = await openVenue()
    const orderId = await placed(trader, RESTING)
    venue.market.move(-30, 'EUR/USD')
    assert.deepInclude(await trader.query(orderId), { status: 'FILLED', averagePrice: 1.08336 })
  })

  it('is not moved on by a market that does not come to it', async () => {
    const { venue, trader } = await openVenue({ settings: { 'advance.receivedQueries': 2 } })
    const orderId = await placed(trader, RESTING)
    venue.market.move(-1, 'EUR/USD')
    assert.deepEqual(await trader.statuses(orderId, 3), ['RECEIVED', 'RECEIVED', 'NEW'])
  })

  it('at the market from the first takes its steps, wherever the market moves', async () => {
    const { venue, trader } = await openVenue()
    const orderId = await placed(trader, { timeInForce: 'GTC' })
    venue.market.move(1, 'EUR/USD')
    assert.deepEqual(await trader.statuses(orderId, 2), ['NEW', 'FILLED'])
  })

  it('meets the market on its walk, within a second', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const start = (await trader.rate()).offer
    const price = Number((start - 0.0002).toFixed(5))
    const orderId = await placed(trader, { ...RESTING, price })
    for (let tick = 0; tick < 600; tick++) {
      venue.clock.advance(SECOND_MS)
      const [before, offer] = [(await trader.trades()).length, venue.market.top('EUR/USD')?.offer]
      if (offer?.lte(price) !== true) assert.equal(before, 0)
      else {
        assert.equal(before, 1)
        await trader.login()
        assert.equal(await trader.status(orderId), 'FILLED')
        return
      }
      await trader.login()
    }
    assert.fail('The walk never came by.')
  })

  it('is met by the walk that a staged market brought near, though others wait in vain', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    await placed(trader, { ...RESTING, symbol: 'GBP/USD', currency: 'GBP', price: 0.5 })
    const price = Number(((await trader.rate()).offer - 0.005).toFixed(5))
    const orderId = await placed(trader, { ...RESTING, price })
    // 50 pips away, where the walk does not come; then 1 pip, where it does.
    venue.clock.advance(3_600_000)
    await trader.login()
    assert.equal(await trader.status(orderId), 'NEW')
    const offer = Number(venue.market.top('EUR/USD')?.offer)
    venue.market.move(Number(((price - offer) * 10_000 + 1).toFixed(1)), 'EUR/USD')
    assert.equal(await trader.status(orderId), 'NEW')
    venue.clock.advance(3_600_000)
    await trader.login()
    assert.equal(await trader.status(orderId), 'FILLED')
  })

  it('rests with what is left of it, and deals it when there is more', async () => {
    const { trader } = await openVenue()
    const orderId = await placed(trader, { size: 12_000_000, timeInForce: 'GTC' })
    const seen: unknown[] = []
    for (let query = 0; query < 5; query++) {
      const { status, cumQty, leavesQty, lastQty } = await trader.query(orderId)
      seen.push([status, cumQty, leavesQty, lastQty])
    }
    assert.deepEqual(seen, [
      ['NEW', 0, 12_000_000, undefined],
      ['NEW', 5_000_000, 7_000_000, 5_000_000],
      ['NEW', 10_000_000, 2_000_000, 5_000_000],
      ['FILLED', 12_000_000, 0, 2_000_000],
      ['FILLED', 12_000_000, 0, 2_000_000],
    ])
    assert.lengthOf(await trader.trades(), 3)
  })

  for (const [ms, status] of [
    [29_999, 'FILLED'],
    [30_000, 'EXPIRED'],
  ] as const) {
    it(`good for 30 seconds is ${status} when the market arrives after ${ms} ms`, async () => {
      const { venue, trader } = await openVenue()
      const orderId = await placed(trader, { ...RESTING, timeInForce: 'GTT', expiryTime: 30 })
      venue.clock.advance(ms)
      venue.market.move(-20, 'EUR/USD')
      assert.equal(await trader.status(orderId), status)
      assert.lengthOf(await trader.trades(), status === 'FILLED' ? 1 : 0)
    })
  }

  it('keeps what was dealt when its time ends', async () => {
    const { venue, trader } = await openVenue()
    const outcome = { kind: 'fill in shares', shares: [0.25] } as const
    venue.exchange.outcomes.script('staged', outcome)
    const terms = { coId: 'staged', timeInForce: 'GTT', expiryTime: 30 }
    const orderId = await placed(trader, terms)
    await trader.statuses(orderId, 4)
    venue.clock.advance(30_000)
    assert.deepInclude(await trader.query(orderId), {
      status: 'EXPIRED',
      cumQty: 250_000,
      leavesQty: 0,
    })
    assert.lengthOf(await trader.trades(), 1)
  })

  it('good till cancelled outlives the day and the longest GTT', async () => {
    const { venue, trader } = await openVenue()
    const orderId = await placed(trader, RESTING)
    venue.clock.advance(2 * 86_400_000)
    await trader.login()
    assert.equal(await trader.status(orderId), 'NEW')
  })

  it('can be cancelled, fresh or partly dealt, and does not fill any more', async () => {
    const { venue, trader } = await openVenue()
    const fresh = await placed(trader, RESTING)
    const cancelled = await trader.cancel(fresh)
    assert.deepEqual([cancelled.status, at(cancelled.body, 'action')], [202, 'cancel'])
    const partly = await placed(trader, { ...RESTING, price: 1.5, size: 8_000_000 })
    await trader.statuses(partly, 2)
    await trader.cancel(partly)
    venue.market.move(-100, 'EUR/USD')
    venue.clock.advance(5 * SECOND_MS)
    assert.deepInclude(await trader.query(fresh), {
      status: 'CANCELED',
      action: 'cancel',
      executionType: 'CANCELED',
      cumQty: 0,
    })
    assert.deepInclude(await trader.query(partly), { status: 'CANCELED', cumQty: 5_000_000 })
    assert.lengthOf(await trader.trades(), 1)
  })

  it('with a minimum deals nothing smaller', async () => {
    const { venue, trader } = await openVenue()
    venue.market.offerSize('EUR/USD', 400_000)
    assert.deepInclude(await trader.fill({ minQty: 400_001 }), { status: 'EXPIRED', cumQty: 0 })
    assert.deepInclude(await trader.fill({ minQty: 400_000 }), { cumQty: 400_000 })
  })

  it('waits out a market that nobody streams', async () => {
    const { venue, trader } = await openVenue()
    const orderId = await placed(trader, { ...RESTING, price: 1.5 })
    venue.market.withdraw('EUR/USD')
    assert.deepEqual(await trader.statuses(orderId, 3), ['NEW', 'NEW', 'NEW'])
    venue.market.restore('EUR/USD')
    assert.equal(await trader.status(orderId), 'FILLED')
  })
})

describe('an at-best order', () => {
  const AT_BEST = { type: 'AtBest', timeInForce: 'FOK', valueDate: '2025-06-13', price: undefined }

  it('deals at the market, without a limit', async () => {
    const { trader } = await openVenue()
    assert.deepInclude(await trader.fill(AT_BEST), { status: 'FILLED', averagePrice: 1.08636 })
    const tooMuch = await trader.fill({ ...AT_BEST, size: 5_000_001 })
    assert.deepInclude(tooMuch, { status: 'EXPIRED', cumQty: 0 })
  })

  it('expires where nobody has a price, though it was scripted to fill', async () => {
    const { venue, trader } = await openVenue()
    venue.exchange.outcomes.script('staged', { kind: 'fill' })
    const orderId = await placed(trader, { ...AT_BEST, coId: 'staged' })
    venue.market.withdraw()
    assert.deepEqual(await trader.statuses(orderId, 3), ['NEW', 'EXPIRED', 'EXPIRED'])
  })

  it('needs its value date and FOK', async () => {
    const { trader } = await openVenue()
    const refused = [{ valueDate: undefined }, { valueDate: 'soon' }, { timeInForce: 'IOC' }]
    for (const terms of refused) {
      assert.equal((await trader.placeLimit({ ...AT_BEST, ...terms })).status, 400)
    }
  })
})

describe('a PQ order', () => {
  const SIDES: readonly (readonly [side: string, currency: string, price: 'bid' | 'offer'])[] = [
    ['Buy', 'EUR', 'offer'],
    ['Buy', 'USD', 'bid'],
    ['Sell', 'EUR', 'bid'],
    ['Sell', 'USD', 'offer'],
  ]
  for (const [side, currency, price] of SIDES) {
    it(`to ${side} ${currency} deals at the ${price} quoted, wherever the market went`, async () => {
      const { venue, trader } = await openVenue()
      const rate = await trader.rate()
      venue.market.move(-70, 'EUR/USD')
      const terms = { side, currency, size: 70_000, price: rate[price] }
      const orderId = orderIdOf(await trader.placePq(rate, terms))
      const { status, averagePrice, cumQty } = await trader.finish(orderId)
      assert.deepEqual([status, averagePrice, cumQty], ['FILLED', rate[price], 70_000])
      const [trade] = await trader.trades()
      assert.deepInclude(trade ?? {}, { rateId: rate.rateId, rate: rate[price], side, currency })
    })
  }

  it('deals at its price though its quote was forgotten meanwhile', async () => {
    const { venue, trader } = await openVenue()
    const rate = await trader.rate()
    const orderId = orderIdOf(await trader.placePq(rate))
    for (let quote = 0; quote < 10_000; quote++) venue.exchange.quotes.quote(trader.user, 'EUR/USD')
    venue.market.move(-70, 'EUR/USD')
    assert.equal((await trader.finish(orderId)).averagePrice, rate.offer)
  })

  it('is limited in term too, by what the quoted base comes to', async () => {
    const { trader } = await openVenue()
    const rate = await trader.rate()
    const terms = { side: 'Sell', currency: 'USD' }
    for (const [size, status] of [
      [5_431_800, 'FILLED'],
      [5_431_800.01, 'REJECTED'],
    ] as const) {
      const orderId = orderIdOf(await trader.placePq(rate, { ...terms, size }))
      assert.equal((await trader.finish(orderId)).status, status)
    }
  })

  it('cannot be cancelled: its diagram has no such end', async () => {
    const { trader } = await openVenue()
    const orderId = orderIdOf(await trader.placePq(await trader.rate()))
    assert.equal((await trader.cancel(orderId)).status, 400)
    assert.equal((await trader.finish(orderId)).status, 'FILLED')
  })

  it('cannot be staged to expire, or to fill in parts: the server says so', async () => {
    for (const outcome of [
      { kind: 'expire' },
      { kind: 'fill in shares', shares: [0.5, 0.5] },
      { kind: 'fill in parts', parts: [5] },
    ] as const) {
      const { venue, trader } = await openVenue()
      venue.exchange.outcomes.script('staged', outcome)
      const answer = await trader.placePq(await trader.rate(), { coId: 'staged' })
      assert.equal(answer.status, 500)
      assert.match(
        String(at(answer.body, 'errorMessage')),
        /^Outcome ".*" cannot happen to a PQ FOK order: .*\. Stage another outcome\.$/,
      )
      assert.equal((await trader.askByCoId('staged')).status, 404)
    }
  })

  it('names the worst of what is wrong with its rate', async () => {
    const { venue, trader } = await openVenue()
    const other = await venue.trader('ben')
    const rate = await other.rate()
    venue.clock.advance(5_000)
    const orderId = orderIdOf(await trader.placePq(rate, { price: 2, size: 1e9 }))
    assert.equal((await trader.finish(orderId)).reasonCode, 'FOREIGN_RATE')
  })
})

describe('a scripted outcome', () => {
  const COURSES: readonly (readonly [
    outcome: Outcome,
    terms: Terms,
    statuses: string,
    cum: number,
  ])[] = [
    [{ kind: 'fill' }, { price: 1 }, 'NEW FILLED FILLED FILLED', 1_000_000],
    [{ kind: 'fill' }, RESTING, 'NEW FILLED FILLED FILLED', 1_000_000],
    [{ kind: 'reject before NEW' }, {}, 'REJECTED REJECTED REJECTED REJECTED', 0],
    [{ kind: 'reject after NEW' }, {}, 'NEW REJECTED REJECTED REJECTED', 0],
    [{ kind: 'expire' }, {}, 'NEW EXPIRED EXPIRED EXPIRED', 0],
    [{ kind: 'expire' }, { timeInForce: 'DAY' }, 'NEW NEW NEW NEW', 0],
    [{ kind: 'fill in parts', parts: [300, 200] }, {}, 'NEW NEW NEW EXPIRED', 500],
    [{ kind: 'fill in parts', parts: [400_000, 600_000] }, {}, 'NEW NEW FILLED FILLED', 1_000_000],
    [
      { kind: 'fill in parts', parts: [1_000_000] },
      { timeInForce: 'FOK' },
      'NEW FILLED FILLED FILLED',
      1_000_000,
    ],
    [{ kind: 'fill in shares', shares: [0.1] }, { timeInForce: 'GTC' }, 'NEW NEW NEW NEW', 100_000],
    [
      { kind: 'fill', received: { polls: 2 }, new: { polls: 1 } },
      {},
      'RECEIVED RECEIVED NEW FILLED',
      1_000_000,
    ],
    [{ kind: 'fill', new: { polls: 3 } }, {}, 'NEW NEW NEW FILLED', 1_000_000],
    [{ kind: 'fill', new: { polls: 0 } }, {}, 'FILLED FILLED FILLED FILLED', 1_000_000],
    [{ kind: 'fill', new: 'held' }, {}, 'NEW NEW NEW NEW', 0],
    [{ kind: 'business', received: 'held' }, {}, 'RECEIVED RECEIVED RECEIVED RECEIVED', 0],
  ]
  for (const [outcome, terms, statuses, cum] of COURSES) {
    it(`${JSON.stringify(outcome)} of ${JSON.stringify(terms)} is seen as ${statuses}`, async () => {
      const course = await scripted(outcome, terms)
      assert.equal(course.statuses, statuses)
      assert.equal(course.order.cumQty, cum)
      const traded = (await course.trader.trades()).reduce(
        (sum, each) => sum + (each.dealtAmount ?? 0),
        0,
      )
      assert.equal(traded, cum)
    })
  }

  it('may be paced by time', async () => {
    const pace = { received: { ms: 50 }, new: { ms: 200 } } as const
    const { venue, trader, orderId, statuses } = await scripted({ kind: 'fill', ...pace }, {}, 2)
    assert.equal(statuses, 'RECEIVED RECEIVED')
    const seen: string[] = []
    for (const ms of [49, 1, 199, 1]) {
      venue.clock.advance(ms)
      seen.push(await trader.status(orderId))
    }
    assert.deepEqual(seen, ['RECEIVED', 'NEW', 'NEW', 'FILLED'])
  })

  it('deals parts in their time', async () => {
    const outcome = { kind: 'fill in shares', shares: [0.5, 0.5], new: { ms: 100 } } as const
    const { venue, trader, orderId } = await scripted(outcome, {}, 1)
    const seen: unknown[] = []
    for (const ms of [99, 1, 99, 1]) {
      venue.clock.advance(ms)
      seen.push((await trader.query(orderId)).cumQty)
    }
    assert.deepEqual(seen, [0, 500_000, 500_000, 1_000_000])
  })

  it('paced by time is not hurried by a timer of a step it has already taken', async () => {
    const shares = [0.25, 0.25, 0.5]
    const outcome = {
      kind: 'fill in shares',
      shares,
      received: { ms: 100 },
      new: { ms: 100 },
    } as const
    const { venue, trader, orderId } = await scripted(outcome, {}, 0)
    const seen: unknown[] = []
    // By hand after 50 ms, from there on by time; and by hand again in the middle of a part.
    for (const ms of [50, 50, 49, 1, 50, 50, 50]) {
      venue.clock.advance(ms)
      if (venue.clock.now() % 1_000 === 50 || venue.clock.now() % 1_000 === 200) {
        venue.exchange.desk.proceed(orderId)
      }
      const { status, cumQty } = await trader.query(orderId)
      seen.push(`${venue.clock.now() % 1_000} ${status} ${cumQty}`)
    }
    assert.deepEqual(seen, [
      '50 NEW 0',
      '100 NEW 0',
      '149 NEW 0',
      '150 NEW 250000',
      '200 NEW 500000',
      '250 NEW 500000',
      '300 FILLED 1000000',
    ])
  })

  it('shares out whole minor units, and nothing is left over', async () => {
    const third = 1 / 3
    const thirds = { kind: 'fill in shares', shares: [third, third, third] } as const
    const euros = await scripted(thirds, { size: 100 }, 5)
    assert.equal(euros.order.status, 'FILLED')
    const amounts = (await euros.trader.trades()).map(({ dealtAmount }) => dealtAmount)
    assert.deepEqual(amounts, [33.33, 33.34, 33.33])
    const halves = { kind: 'fill in shares', shares: [0.5, 0.5] } as const
    // A size of less than cents: the last part takes what no cent can say.
    assert.equal((await scripted(halves, { size: 100.004 }, 5)).order.status, 'FILLED')
    const half = { kind: 'fill in shares', shares: [0.5] } as const
    const yen = { symbol: 'USD/JPY', currency: 'JPY', size: 1_001, price: 1 }
    assert.equal((await scripted(half, yen, 5)).order.cumQty, 501)
  })

  it('tells its reason, and no other', async () => {
    const { order } = await scripted({ kind: 'reject after NEW', reason: 'Last look' })
    assert.deepInclude(order, {
      reason: 'Last look',
      reasonCode: 'LAST_LOOK',
      executionType: 'REJECTED',
    })
    assert.notProperty((await scripted({ kind: 'reject after NEW' })).order, 'reason')
  })

  it('moves on by a word where it is held, and no further than its end', async () => {
    const { venue, trader, orderId } = await scripted({
      kind: 'fill',
      received: 'held',
      new: 'held',
    })
    const seen: string[] = []
    for (let step = 0; step < 3; step++) {
      venue.exchange.desk.proceed(orderId)
      seen.push(await trader.status(orderId))
    }
    assert.deepEqual(seen, ['NEW', 'FILLED', 'FILLED'])
    const unknown = venue.exchange.desk.proceed('1')
    assert.equal(unknown.ok ? 'known' : unknown.refusal.reason, 'unknown-order')
  })

  it('rejects in time what is due to be rejected, though nobody queried it', async () => {
    const { venue, trader } = await openVenue()
    venue.exchange.outcomes.script('staged', { kind: 'reject after NEW' })
    const orderId = await placed(trader, {
      ...RESTING,
      coId: 'staged',
      timeInForce: 'GTT',
      expiryTime: 1,
    })
    venue.clock.advance(SECOND_MS)
    assert.equal(await trader.status(orderId), 'REJECTED')
  })

  for (const [outcome, terms] of [
    [{ kind: 'expire' }, RESTING],
    [{ kind: 'fill in shares', shares: [0.5] }, { timeInForce: 'FOK' }],
    [{ kind: 'fill in parts', parts: [600_000, 400_001] }, {}],
  ] as const) {
    it(`${JSON.stringify(outcome)} cannot happen to ${JSON.stringify(terms)}`, async () => {
      const { venue, trader } = await openVenue()
      venue.exchange.outcomes.script('staged', outcome)
      const answer = await trader.placeLimit({ coId: 'staged', ...terms })
      assert.deepEqual([answer.status, at(answer.body, 'errorCode')], [500, 'IMPOSSIBLE_OUTCOME'])
    })
  }
})

describe('the orders of an organisation', () => {
  it('are seen by its users and by nobody else, by either id and in the list', async () => {
    const { venue, trader } = await openVenue()
    const colleague = await venue.trader('ben')
    const stranger = await venue.trader('cy', { org: 'ElsewhereOrg' })
    const orderId = await placed(trader, { ...RESTING, coId: 'one' })
    const codes = async (by: Trader) => [
      (await by.askOrder(orderId)).status,
      (await by.askByCoId('one')).status,
      at((await by.active()).body, 'length'),
      (await by.cancel(orderId)).status,
    ]
    assert.deepEqual(await codes(stranger), [404, 404, 0, 404])
    assert.deepEqual(await codes(colleague), [200, 200, 1, 202])
  })

  it('leave the active list when they end, being listed included', async () => {
    const { trader } = await openVenue()
    await placed(trader, { coId: 'rests', ...RESTING })
    await placed(trader, { coId: 'fills' })
    const listed = async () => {
      const { body } = await trader.active()
      return Array.isArray(body)
        ? body.map((order) => `${at(order, 'coId')} ${at(order, 'status')}`)
        : []
    }
    assert.deepEqual(await listed(), ['rests NEW', 'fills NEW'])
    assert.deepEqual(await listed(), ['rests NEW'])
    const { body } = await trader.askByCoId('fills')
    assert.equal(at(body, 0, 'status'), 'FILLED')
  })

  it('are found by the coId that was used last', async () => {
    const { trader } = await openVenue({ settings: { 'coId.duplicate': 'accept' } })
    await placed(trader, { coId: 'one', size: 100 })
    await placed(trader, { coId: 'one', size: 200 })
    assert.equal(at((await trader.askByCoId('one')).body, 0, 'size'), 200)
  })

  it('never take up the coId of an order that was refused', async () => {
    const { trader } = await openVenue()
    assert.equal((await trader.placeLimit({ coId: 'one', size: -5 })).status, 400)
    assert.equal((await trader.askByCoId('one')).status, 404)
    assert.equal((await trader.placeLimit({ coId: 'one' })).status, 202)
  })
})
