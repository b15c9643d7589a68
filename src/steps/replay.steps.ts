import { Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { cue } from '../backends/playing/roles.ts'
import { lookedUp } from './looked-up.ts'
import { placeOnce } from './place.ts'
import { turnedDown } from './placed-twice.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** The scenario goes on about the first order. */
When(
  '{trader} places the very same order again',
  cue('placeOrder', { terms: () => ({ isRepeated: true }) }),
  async function (this: TradingWorld, name: string) {
    this.nameOrder('repeated', await placeOnce(this, name, this.order.sent))
  },
)

Then('no second order should have come of it', async function (this: TradingWorld) {
  const { id, coId } = this.order
  const rejected = await turnedDown(this, this.order, this.orderNamed('repeated'))
  const known = lookedUp(this, await traderOf(this).client.queryOrdersByCoId(coId ?? ''))
  const ids = known.map(({ orderId }) => orderId)
  assert.isNotEmpty(ids, `Client id ${coId} should lead to an order.`)
  // Of two orders, one of them rejected, the lookup may tell the later alone.
  assert.includeMembers([id, ...rejected], ids, `No other order should stand under ${coId}.`)
})
