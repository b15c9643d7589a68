import { Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { awaitNews } from './await-status.ts'
import { isHostTrouble } from './host-trouble.ts'
import { lookedUp } from './looked-up.ts'
import { placeOnce } from './place.ts'
import { describe, type PlacedOrder } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** The scenario goes on about the first order. */
When(
  '{trader} places the very same order again',
  async function (this: TradingWorld, name: string) {
    this.nameOrder('repeated', await placeOnce(this, name, this.order.sent))
  },
)

/**
 * By a refusal, by a rejection, or by the first order being told once more. That a client id is used
 * once no document says (fact sheet 6, row 20): where it makes a second order, this is not verified.
 */
Then('no second order should have come of it', async function (this: TradingWorld) {
  const { id, coId } = this.order
  const repeated = this.orderNamed('repeated')
  const rejected = await turnedDown(this, repeated)
  const known = lookedUp(this, await traderOf(this).client.queryOrdersByCoId(coId ?? ''))
  const ids = known.map(({ orderId }) => orderId)
  assert.isNotEmpty(ids, `Client id ${coId} should lead to an order.`)
  // Of two orders, one of them rejected, the lookup may tell the later alone.
  assert.includeMembers([id, ...rejected], ids, `No other order should stand under ${coId}.`)
})

/** @returns The id of an order that the repeated placing made only to reject it. */
async function turnedDown(world: TradingWorld, repeated: PlacedOrder): Promise<readonly string[]> {
  const { placing } = repeated
  const sentence = `Placing the same order again brought ${describe(placing)}`
  if (placing.kind === 'in doubt') return world.notVerified(sentence)
  if (placing.kind === 'refusal') {
    const isAboutOrder = !isHostTrouble(placing) && ![401, 403].includes(placing.httpStatus)
    return isAboutOrder ? [] : world.notVerified(`${sentence}, which is not about the order`)
  }
  assert(placing.kind === 'success', `${sentence}.`)
  if (repeated.id === world.order.id) return []
  await awaitNews(world, repeated)
  if (repeated.view.status === 'REJECTED') return [repeated.id]
  return world.notVerified(
    `a client id can be used twice here: the same placing made order ${repeated.id} as well, which became ${repeated.view.status}`,
  )
}
