import { Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import type { OrderStatus } from '../api/contract/statuses.ts'
import { awaitStatus, pollUntil } from './await-status.ts'
import { describe } from './placed-order.ts'
import { marketPrice } from './terms.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** Queries that look whether a final status stays. */
const LOOKS_AFTER_THE_END = 3

When('{trader} queries the order', async function (this: TradingWorld, name: string) {
  await this.trader(name).query(this.order)
})

When(
  '{trader} queries the order until it is final',
  async function (this: TradingWorld, name: string) {
    const { order } = this
    await pollUntil(this.trader(name), order, this.backend.clock, () => order.isFinal)
    assert(
      order.isFinal,
      `Order ${order.id} should have ended; seen was ${order.statuses.join(' → ')}.`,
    )
  },
)

Then('the order should be received, not executed', function (this: TradingWorld) {
  const { placing } = this.order
  assert(placing.kind === 'success', `The order should be received: ${describe(placing)}.`)
  assert.equal(placing.httpStatus, 202, 'Received for processing is HTTP 202.')
  assert.equal(placing.value.status, 'RECEIVED')
})

Then('the order should be {status}', async function (this: TradingWorld, expected: OrderStatus) {
  await awaitStatus(traderOf(this), this.order, this.backend.clock, expected)
})

Then(
  'the {word} order should be {status}',
  async function (this: TradingWorld, called: string, expected: OrderStatus) {
    const order = this.orderNamed(called)
    await awaitStatus(traderOf(this, order), order, this.backend.clock, expected)
  },
)

Then(
  'the order should still be {status}',
  async function (this: TradingWorld, expected: OrderStatus) {
    await awaitStatus(traderOf(this), this.order, this.backend.clock, expected)
    for (let look = 0; look < LOOKS_AFTER_THE_END; look++) {
      await this.backend.clock.sleep(1_000)
      await traderOf(this).query(this.order)
      assert.equal(this.order.view.status, expected, 'A final status never changes.')
    }
  },
)

Then('the statuses seen should be {statuses}', function (this: TradingWorld, expected: string[]) {
  assert.deepEqual([...this.order.statuses], expected)
})

Then('the order should be filled at the quoted rate', async function (this: TradingWorld) {
  await awaitStatus(traderOf(this), this.order, this.backend.clock, 'FILLED')
  assert.equal(
    this.order.view.averagePrice,
    Number(this.order.sent.price),
    'The fill is at the quote.',
  )
})

Then('the order should be filled at its limit or better', async function (this: TradingWorld) {
  await awaitStatus(traderOf(this), this.order, this.backend.clock, 'FILLED')
  assert.isAtLeast(gainOf(this), 0, 'A limit order never deals beyond its limit.')
})

Then('the order should be filled at its limit exactly', async function (this: TradingWorld) {
  await awaitStatus(traderOf(this), this.order, this.backend.clock, 'FILLED')
  assert.equal(gainOf(this), 0)
})

Then('the order should be filled better than its limit', async function (this: TradingWorld) {
  await awaitStatus(traderOf(this), this.order, this.backend.clock, 'FILLED')
  assert.isAbove(gainOf(this), 0)
})

Then('the whole size should be dealt', function (this: TradingWorld) {
  const { cumQty, leavesQty, size } = this.order.view
  assert.deepEqual({ cumQty, leavesQty }, { cumQty: size, leavesQty: 0 })
})

Then('{int}% of the size should be dealt', function (this: TradingWorld, percent: number) {
  const { cumQty, size } = this.order.view
  assert.equal(cumQty, (size * percent) / 100)
})

Then('nothing should be dealt', function (this: TradingWorld) {
  assert.equal(this.order.view.cumQty ?? 0, 0)
  assert(this.order.isFinal, 'Nothing dealt means something only once the order has ended.')
})

Then('the reason should be {string}', function (this: TradingWorld, expected: string) {
  assert.equal(this.order.view.reason, expected)
})

Then('the answer should repeat what was sent', function (this: TradingWorld) {
  const { sent, view } = this.order
  assert.deepEqual(
    Object.fromEntries(Object.keys(sent).map((name) => [name, view[name]])),
    { ...sent },
    'An order object carries the fields of its placing.',
  )
})

Then('the cancellation should be taken on', function (this: TradingWorld) {
  assert(
    this.answer.kind === 'success',
    `The cancellation should be taken on: ${describe(this.answer)}.`,
  )
})

Then('the cancellation should be refused', function (this: TradingWorld) {
  assert(
    this.answer.kind === 'refusal',
    `It should be too late to cancel: ${describe(this.answer)}.`,
  )
})

/** How much better than its limit the order was dealt, in units of price. */
function gainOf({ order }: TradingWorld): number {
  const { averagePrice, price, symbol, currency, side } = order.view
  assert(
    averagePrice !== undefined && price !== undefined,
    'A filled limit order tells both prices.',
  )
  const buysBase =
    marketPrice({ symbol, currency, side, size: 0 }, probe(symbol)) === probe(symbol).offer
  return buysBase ? price - averagePrice : averagePrice - price
}

/** A rate whose sides differ, to tell which of them an order takes. */
const probe = (symbol: string) => ({
  ...{ symbol, bid: 1, offer: 2, bidLimit: 0, offerLimit: 0, time: 0, rateId: '-' },
})
