import { Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import { objectsOf } from '../backends/playing/client-event.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { watched } from '../backends/playing/roles.ts'
import type { InDoubt } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

Then(
  '{trader} should have found the order by its client id',
  watched(({ order }) => order?.lookups.some((each) => objectsOf(each).length > 0) || undefined),
  function (this: TradingWorld, name: string) {
    const { order, result } = doubtOf(this)
    assert.equal(result, 'one')
    assert.include(this.trader(name).orders, this.order)
    assert.equal(order?.coId, this.order.coId)
  },
)

Then(
  '{trader} should have seen no order under its client id throughout the window',
  watched(({ order }: ClientStory) => {
    if (order?.view) return false
    return order?.lookups.some(({ answer }) => answer !== 'none') || undefined
  }),
  function (this: TradingWorld, name: string) {
    const { result, lookups } = doubtOf(this)
    assert.equal(result, 'none seen')
    assert.include(this.trader(name).orders, this.order)
    assert.isAbove(lookups, 1, 'One look is no window.')
  },
)

Then(
  '{trader} should not know whether there is an order',
  watched(({ order }: ClientStory) => {
    if (order?.view) return false
    return order?.lookups.some(({ answer }) => answer === 'none') ? 'so far' : undefined
  }),
  function (this: TradingWorld, name: string) {
    assert.equal(doubtOf(this).result, 'unknown')
    assert.include(this.trader(name).orders, this.order)
  },
)

Then(
  'it should have been looked for {int} times',
  watched(({ order }: ClientStory, times: number) => order?.lookups.length === times),
  function (this: TradingWorld, times: number) {
    assert.equal(doubtOf(this).lookups, times)
  },
)

/** Whatever was tried since: nothing is placed again without being told to. */
Then(
  '{trader} should have placed it once',
  watched(({ orders }) => orders.flatMap(({ placings }) => placings).length === 1),
  function (this: TradingWorld, name: string) {
    const { coId } = this.order
    const placings = this.transcript.whole.filter(
      ({ operation, request }) =>
        operation === 'placeOrder' && request.body?.includes(JSON.stringify(coId)),
    )
    assert.lengthOf(placings, 1)
    assert.lengthOf(this.trader(name).orders, 1)
  },
)

function doubtOf(world: TradingWorld): InDoubt {
  const { placing } = world.order
  assert(placing.kind === 'in doubt', 'The placing should have got no answer that tells.')
  assert.include(traderOf(world).orders, world.order)
  return placing
}
