import { Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import type { InDoubt } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

Then(
  '{trader} should have found the order by its client id',
  function (this: TradingWorld, name: string) {
    const { order, result } = doubtOf(this)
    assert.equal(result, 'one')
    assert.include(this.trader(name).orders, this.order)
    assert.equal(order?.coId, this.order.coId)
  },
)

Then(
  '{trader} should have seen no order under its client id throughout the window',
  function (this: TradingWorld, name: string) {
    const { result, lookups } = doubtOf(this)
    assert.equal(result, 'none seen')
    assert.include(this.trader(name).orders, this.order)
    assert.isAbove(lookups, 1, 'One look is no window.')
  },
)

Then(
  '{trader} should not know whether there is an order',
  function (this: TradingWorld, name: string) {
    assert.equal(doubtOf(this).result, 'unknown')
    assert.include(this.trader(name).orders, this.order)
  },
)

Then('it should have been looked for {int} times', function (this: TradingWorld, times: number) {
  assert.equal(doubtOf(this).lookups, times)
})

/** Whatever was tried since: nothing is placed again without being told to. */
Then('{trader} should have placed it once', function (this: TradingWorld, name: string) {
  const { coId } = this.order
  const placings = this.transcript.whole.filter(
    ({ operation, request }) =>
      operation === 'placeOrder' && request.body?.includes(JSON.stringify(coId)),
  )
  assert.lengthOf(placings, 1)
  assert.lengthOf(this.trader(name).orders, 1)
})

function doubtOf(world: TradingWorld): InDoubt {
  const { placing } = world.order
  assert(placing.kind === 'in doubt', 'The placing should have got no answer that tells.')
  assert.include(traderOf(world).orders, world.order)
  return placing
}
