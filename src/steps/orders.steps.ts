import { Then, When } from '@cucumber/cucumber'
import { Big } from 'big.js'
import { assert } from 'chai'
import type { OrderStatus } from '../api/contract/statuses.ts'
import { awaitEnd, awaitStatus } from './await-status.ts'
import { describe } from './placed-order.ts'
import { buysBase } from './terms.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** Queries that look whether a final status stays. */
const LOOKS_AFTER_THE_END = 3

When('{trader} queries the order', async function (this: TradingWorld, name: string) {
  await this.trader(name).query(this.order)
})

When(
  '{trader} queries the order until it is final',
  async function (this: TradingWorld, name: string) {
    assert.include(this.trader(name).orders, this.order, `The order should be one of ${name}'s.`)
    await awaitEnd(this, this.order)
  },
)

Then('the order should be received, not executed', function (this: TradingWorld) {
  const { placing } = this.order
  assert(placing.kind === 'success', `The order should be received: ${describe(placing)}.`)
  assert.equal(placing.httpStatus, 202, 'Received for processing is HTTP 202.')
  assert.equal(placing.value.status, 'RECEIVED')
})

Then('the order should be {status}', async function (this: TradingWorld, expected: OrderStatus) {
  await awaitStatus(this, this.order, expected)
})

Then(
  'the {word} order should be {status}',
  async function (this: TradingWorld, called: string, expected: OrderStatus) {
    await awaitStatus(this, this.orderNamed(called), expected)
  },
)

Then(
  'the order should still be {status}',
  async function (this: TradingWorld, expected: OrderStatus) {
    await awaitStatus(this, this.order, expected)
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

/** Polling samples: a status between the first and the last may be missing, none may be added. */
Then(
  'what was seen should lie on the way {statuses}',
  function (this: TradingWorld, way: string[]) {
    const { statuses } = this.order
    assert.deepEqual(
      [...statuses],
      way.filter((status) => statuses.includes(status)),
    )
    assert.equal(statuses.at(-1), way.at(-1), 'The way leads to its end.')
  },
)

Then('the order should be filled at the quoted rate', async function (this: TradingWorld) {
  await awaitStatus(this, this.order, 'FILLED')
  const { averagePrice } = this.order.view
  if (averagePrice === undefined) this.notVerified('the answer does not tell the averagePrice')
  assert.equal(averagePrice, Number(this.order.sent.price), 'The fill is at the quote.')
})

Then('the order should be filled at its limit or better', async function (this: TradingWorld) {
  await awaitStatus(this, this.order, 'FILLED')
  assert.isAtLeast(gainOf(this), 0, 'A limit order never deals beyond its limit.')
})

Then('the order should be filled at its limit exactly', async function (this: TradingWorld) {
  await awaitStatus(this, this.order, 'FILLED')
  assert.equal(gainOf(this), 0)
})

Then('the order should be filled better than its limit', async function (this: TradingWorld) {
  await awaitStatus(this, this.order, 'FILLED')
  assert.isAbove(gainOf(this), 0)
})

Then('the whole size should be dealt', function (this: TradingWorld) {
  const { cumQty, leavesQty = 0, size } = this.order.view
  if (cumQty === undefined) this.notVerified('the answer does not tell the cumQty')
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
  const required = ['coId', 'type', 'timeInForce', 'side', 'currency', 'symbol', 'size']
  const names = Object.keys(sent).filter((name) => required.includes(name) || name in view)
  assert.deepEqual(
    Object.fromEntries(names.map((name) => [name, view[name]])),
    Object.fromEntries(names.map((name) => [name, sent[name]])),
    'An order object carries the fields of its placing.',
  )
})

Then('the cancellation should be taken on', function (this: TradingWorld) {
  const { answer } = this
  const sentence = `The cancellation should be taken on: ${describe(answer)}.`
  if (answer.kind === 'refusal') this.notVerified(sentence)
  assert(answer.kind === 'success', sentence)
})

/** Nothing says that cancelling what has ended must be refused: it must only change nothing. */
Then('the cancellation should be refused', function (this: TradingWorld) {
  const { answer } = this
  const sentence = `It should be too late to cancel: ${describe(answer)}.`
  if (answer.kind === 'success') this.notVerified(sentence)
  assert(answer.kind === 'refusal', sentence)
})

/** How much better than its limit the order was dealt, in units of price. */
function gainOf(world: TradingWorld): number {
  const { order } = world
  const { averagePrice, symbol, currency, side } = order.view
  const price = Number(order.sent.price)
  if (averagePrice === undefined) return world.notVerified('the answer does not tell averagePrice')
  const gain = new Big(price).minus(averagePrice).toNumber()
  return buysBase({ symbol, currency, side }) ? gain : -gain
}
