import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import { limitLifecycle, pqLifecycle } from '../../src/machines/lifecycle.ts'
import type { OrderEventType } from '../../src/machines/order-events.ts'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { DeskOrder } from '../../src/mocks/exchange/desk-order.ts'
import { Execution } from '../../src/mocks/exchange/execution.ts'
import type { OrderTerms } from '../../src/mocks/exchange/order-terms.ts'
import { pairs } from '../../src/mocks/exchange/pairs.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { TradeQueue } from '../../src/mocks/exchange/trade-queue.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { Venue } from '../http/driver.ts'

const user = { name: 'ada', org: 'OneOrg', password: 'x', mayTrade: true }
const pair = pairs.get('EUR/USD') ?? assert.fail()
const terms: OrderTerms = {
  type: 'Limit',
  timeInForce: 'GTC',
  pair,
  size: new Big(1_000),
  minQty: new Big(0),
  dealsBase: true,
  takes: 'offer',
  price: new Big('1.1'),
}

const order = (lifecycle: typeof limitLifecycle | typeof pqLifecycle = limitLifecycle) =>
  new DeskOrder({
    orderId: '1',
    coId: 'one',
    user,
    echo: { side: 'Buy', currency: 'EUR' },
    terms,
    lifecycle,
    plan: { ending: { kind: 'business' }, received: 'held', new: ['held'] },
    placedAt: 5,
  })

describe('an order at the desk', () => {
  it('moves by events along its lifecycle, and remembers the last', () => {
    const moved = order()
    moved.stagePolls = 3
    moved.apply('desk.accepted', 7)
    assert.deepEqual(
      [moved.status, moved.lastEvent, moved.changedAt, moved.stagePolls, moved.isFinal],
      ['NEW', 'desk.accepted', 7, 0, false],
    )
    moved.stagePolls = 3
    moved.apply('market.dealtPart', 8)
    assert.deepEqual([moved.status, moved.changedAt, moved.stagePolls], ['NEW', 8, 3])
    moved.apply('cancel.confirmed', 9)
    assert.deepEqual([moved.status, moved.isFinal, moved.open.toNumber()], ['CANCELED', true, 0])
  })

  const NO_STEPS: readonly (readonly [
    'PQ' | 'Limit',
    readonly OrderEventType[],
    OrderEventType,
  ])[] = [
    ['Limit', [], 'market.dealtWhole'],
    ['Limit', [], 'timeInForce.ended'],
    ['Limit', ['desk.accepted'], 'desk.accepted'],
    ['Limit', ['desk.accepted', 'market.dealtWhole'], 'desk.rejected'],
    ['PQ', ['desk.accepted'], 'timeInForce.ended'],
    ['PQ', ['desk.accepted'], 'market.dealtPart'],
    ['PQ', ['desk.accepted'], 'cancel.confirmed'],
  ]
  for (const [name, before, event] of NO_STEPS) {
    it(`of type ${name} has no step ${event} after ${before.join(', ') || 'its placing'}`, () => {
      const moved = order(name === 'PQ' ? pqLifecycle : limitLifecycle)
      for (const each of before) moved.apply(each, 6)
      const { status } = moved
      assert.throws(
        () => moved.apply(event, 7),
        `Failed to apply ${event} to order 1: a ${name} order that is ${status} has no such step.`,
      )
      assert.deepEqual([moved.status, moved.changedAt], [status, before.length === 0 ? 5 : 6])
    })
  }

  it('starts every stage with its queries uncounted, also one the market began', async () => {
    const venue = new Venue({ settings: { 'advance.receivedQueries': 9 } })
    venue.market.freeze()
    const trader = await venue.trader()
    const coId = 'rests'
    await trader.placeLimit({ coId, price: 1.08, size: 12_000_000, timeInForce: 'GTC' })
    const { orderId = '' } = venue.exchange.desk.orders[0] ?? {}
    assert.deepEqual(await trader.statuses(orderId, 3), ['RECEIVED', 'RECEIVED', 'RECEIVED'])
    venue.market.move(-100, 'EUR/USD')
    const dealt = [await trader.query(orderId), await trader.query(orderId)]
    assert.deepEqual(
      dealt.map(({ cumQty }) => cumQty),
      [5_000_000, 10_000_000],
    )
  })
})

describe('execution', () => {
  function open(fills = 1) {
    const settings = parseSettings({ 'fills.perOrder': fills })
    const chance = new Chance('execution')
    const trades = new TradeQueue(new VirtualClock(0), chance, settings)
    const working = order()
    working.apply('desk.accepted', 6)
    return { working, trades, execution: new Execution(settings, chance, trades) }
  }
  const rate = new Big('1.08636')

  it('deals parts until the whole is dealt', () => {
    const { working, trades, execution } = open()
    execution.deal(working, terms, new Big(400), rate, 7)
    assert.deepEqual([working.status, working.open.toNumber()], ['NEW', 600])
    execution.deal(working, terms, new Big(600), rate, 8)
    assert.deepEqual([working.status, working.dealt.toNumber()], ['FILLED', 1_000])
    const ids = trades.all.map(({ tradeId }) => tradeId)
    assert.lengthOf(new Set(ids), 2)
    for (const id of ids) assert.match(id, /^FXI\d{10}$/)
  })

  it('settles in parts what it would settle as a whole', () => {
    const { working, trades, execution } = open(7)
    execution.deal(working, terms, new Big(1_000), rate, 7)
    const settled = trades.all.reduce((sum, trade) => sum.plus(trade.settled), new Big(0))
    assert.equal(settled.toString(), '1086.36')
    assert.lengthOf(trades.all, 7)
  })

  for (const quantity of ['1000.01', '0', '-1']) {
    it(`refuses to deal ${quantity} of 1000`, () => {
      const { working, trades, execution } = open()
      assert.throws(
        () => execution.deal(working, terms, new Big(quantity), rate, 7),
        /^Failed to deal .* on order 1: 1000 are open\.$/,
      )
      assert.deepEqual([working.status, working.fills, trades.all], ['NEW', [], []])
    })
  }

  it('refuses to deal on an order that has ended', () => {
    const { working, execution } = open()
    working.apply('cancel.confirmed', 7)
    assert.throws(() => execution.deal(working, terms, new Big(1), rate, 8), '0 are open')
  })
})
