import { Then } from '@cucumber/cucumber'
import { Big } from 'big.js'
import { assert } from 'chai'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { watched } from '../backends/playing/roles.ts'
import { awaitStatus } from './await-status.ts'
import { buysBase } from './terms.ts'
import { gain, isFilled } from './told.ts'
import type { TradingWorld } from './world.ts'

Then(
  'the order should be filled at the quoted rate',
  watched(
    ({ order }) => isFilled(order) && order?.view?.averagePrice === Number(order?.sent.price),
  ),
  async function (this: TradingWorld) {
    await awaitStatus(this, this.order, 'FILLED')
    const { averagePrice } = this.order.view
    if (averagePrice === undefined) this.notVerified('the answer does not tell the averagePrice')
    assert.equal(averagePrice, Number(this.order.sent.price), 'The fill is at the quote.')
  },
)

Then(
  'the order should be filled at its limit or better',
  watched(({ order }) => isFilled(order) && gain(order) >= 0),
  async function (this: TradingWorld) {
    await awaitStatus(this, this.order, 'FILLED')
    assert.isAtLeast(gainOf(this), 0, 'A limit order never deals beyond its limit.')
  },
)

Then(
  'the order should be filled at its limit exactly',
  watched(({ order }) => isFilled(order) && gain(order) === 0),
  async function (this: TradingWorld) {
    await awaitStatus(this, this.order, 'FILLED')
    assert.equal(gainOf(this), 0)
  },
)

Then(
  'the order should be filled better than its limit',
  watched(({ order }) => isFilled(order) && gain(order) > 0),
  async function (this: TradingWorld) {
    await awaitStatus(this, this.order, 'FILLED')
    assert.isAbove(gainOf(this), 0)
  },
)

Then(
  'the whole size should be dealt',
  watched(
    ({ order }) => order?.view?.cumQty !== undefined && order.view.cumQty === order.view.size,
  ),
  function (this: TradingWorld) {
    const { cumQty, leavesQty = 0, size } = this.order.view
    if (cumQty === undefined) this.notVerified('the answer does not tell the cumQty')
    assert.deepEqual({ cumQty, leavesQty }, { cumQty: size, leavesQty: 0 })
  },
)

Then(
  '{int}% of the size should be dealt',
  watched(({ order }: ClientStory, percent: number) => {
    const { cumQty, size } = order?.view ?? {}
    return size !== undefined && cumQty === (size * percent) / 100
  }),
  function (this: TradingWorld, percent: number) {
    const { cumQty, size } = this.order.view
    assert.equal(cumQty, (size * percent) / 100)
  },
)

Then(
  'nothing should be dealt',
  watched(({ order }) => order?.isFinal === true && (order.view?.cumQty ?? 0) === 0),
  function (this: TradingWorld) {
    assert.equal(this.order.view.cumQty ?? 0, 0)
    assert(this.order.isFinal, 'Nothing dealt means something only once the order has ended.')
  },
)

/** How much better than its limit the order was dealt, in units of price. */
function gainOf(world: TradingWorld): number {
  const { order } = world
  const { averagePrice, symbol, currency, side } = order.view
  const price = Number(order.sent.price)
  if (averagePrice === undefined) return world.notVerified('the answer does not tell averagePrice')
  const gain = new Big(price).minus(averagePrice).toNumber()
  return buysBase({ symbol, currency, side }) ? gain : -gain
}
