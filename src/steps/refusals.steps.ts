import { Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import { isErrorObject } from '../api/client/error-object.ts'
import { looseOrders } from '../api/client/loose-orders.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { watched } from '../backends/playing/roles.ts'
import { awaitEnd } from './await-status.ts'
import { looseEndOf } from './follow-loosely.ts'
import { lookedUp } from './looked-up.ts'
import { acceptedOrder, describe, type OrderFields } from './placed-order.ts'
import { marketPrice } from './terms.ts'
import { becomes, refusalCode } from './told.ts'
import { type TradingWorld, traderOf } from './world.ts'

Then(
  'the placing should be refused with an error object',
  watched(({ order }) => refusalCode(order) >= 400),
  async function (this: TradingWorld) {
    await assertErrorObject(this, (status) => status >= 400)
  },
)

Then(
  'the placing should be refused with {int} and an error object',
  watched(({ order }: ClientStory, expected: number) => refusalCode(order) === expected),
  async function (this: TradingWorld, expected: number) {
    await assertErrorObject(this, (status) => status === expected)
  },
)

/** By an error object, or REJECTED when queried: a provider deals at its own price or not at all. */
Then(
  'the order should be turned down',
  watched(({ order }) => refusalCode(order) >= 400 || becomes(order, 'REJECTED')),
  async function (this: TradingWorld) {
    const { order } = this
    if (order.placing.kind === 'refusal') return assertErrorObject(this, (status) => status >= 400)
    await awaitEnd(this, order)
    const { status, averagePrice } = order.view
    if (status === 'REJECTED') return
    assert.equal(status, 'FILLED', 'A previously quoted order is FILLED or turned down.')
    const quote = marketPrice(order.sent as never, traderOf(this).rate)
    if (averagePrice !== undefined) {
      assert.equal(averagePrice, quote, 'Nobody deals a previously quoted order off its quote.')
    }
    this.notVerified(
      'the price that was asked for was passed over: the order was filled at the quote',
    )
  },
)

/** Under its client id, under a server id that the refusal names, in the active list, and in the trades. */
Then('there should be no such order', async function (this: TradingWorld) {
  const trader = traderOf(this)
  const { sent, coId } = this.order
  if (coId !== undefined && coId !== '') {
    const answer = await trader.client.queryOrdersByCoId(coId)
    const known = answer.kind === 'success' ? answer.value : []
    assert.isEmpty(known, `No order should be known as ${coId}.`)
    const notThere = answer.kind === 'success' || answer.httpStatus === 404
    const sentence = `The query by client id should say that there is none: ${describe(answer)}.`
    if (!notThere) this.notVerified(sentence)
  }
  const { placing } = this.order
  const [named] = placing.kind === 'in doubt' ? [] : looseOrders(placing.raw)
  if (named) {
    const answer = await trader.client.queryOrder(named.orderId)
    const known = answer.kind === 'success' ? answer.value : undefined
    assert.isUndefined(known, `The refusal names order ${named.orderId}: there should be none.`)
  }
  const active = lookedUp(this, await trader.client.queryActiveOrders())
  assert.isEmpty(active.filter(isMadeOf(sent)), 'It should not be active.')
  const trades = await trader.downloadAll()
  // Without a client id, somebody else's trade may look the same.
  if (coId === undefined && !this.backend.control) return
  const dealt = trades.map((trade) => ({ ...trade, size: trade.dealtAmount }))
  assert.isEmpty(
    dealt.filter(isMadeOf(sent, ['coId', 'symbol', 'side', 'size'])),
    'It should have left no trade.',
  )
})

/** What tells an order from others: its client id, or, where it has none, all the rest of it. */
function isMadeOf(
  sent: OrderFields,
  names: readonly string[] = ['coId', 'symbol', 'side', 'size', 'price'],
): (other: Readonly<Record<string, unknown>>) => boolean {
  const coId = typeof sent.coId === 'string' && sent.coId !== '' ? sent.coId : undefined
  return (other) =>
    coId === undefined
      ? names.every((name) => sent[name] === undefined || other[name] === sent[name])
      : other.coId === coId
}

Then(
  'the only order under that client id should be the first',
  async function (this: TradingWorld) {
    const { coId } = this.order
    const [first] = traderOf(this).orders
    assert(first && coId !== undefined, 'There should be a first order with that client id.')
    const known = lookedUp(this, await traderOf(this).client.queryOrdersByCoId(coId))
    assert.deepEqual(
      known.map(({ orderId }) => orderId),
      [first.id],
    )
  },
)

async function endOf(world: TradingWorld): Promise<string> {
  await awaitEnd(world, world.order)
  return world.order.view.status
}

/**
 * Where an order is taken on and REJECTED later, that is a variant (settings `validation.…`), and the
 * refusal at once is not verified; where it is dealt or goes on working, it was not refused at all.
 */
async function assertErrorObject(
  world: TradingWorld,
  isExpected: (status: number) => boolean,
): Promise<void> {
  const { order } = world
  const { placing } = order
  const sentence = `The placing should be refused: ${describe(placing)}.`
  if (!world.backend.control) {
    const status = acceptedOrder(placing) ? await endOf(world) : await looseEndOf(world, order)
    if (status !== undefined) {
      assert.equal(status, 'REJECTED', sentence)
      world.notVerified('the order was taken on (202), and REJECTED when it was queried')
    }
    const isAboutOrder = placing.kind !== 'refusal' || ![401, 403, 429].includes(placing.httpStatus)
    if (!isAboutOrder) world.notVerified(`the refusal is not about the order: ${describe(placing)}`)
  }
  assert(placing.kind === 'refusal', sentence)
  assert(isExpected(placing.httpStatus), `The code should be another: ${describe(placing)}.`)
  assert(
    isErrorObject(placing.raw),
    `The body should be an error object: ${placing.raw.slice(0, 200)}`,
  )
}
