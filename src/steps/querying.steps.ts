import { Given, Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { objectsOf } from '../backends/playing/client-event.ts'
import { cue, watched } from '../backends/playing/roles.ts'
import { lookedUp } from './looked-up.ts'
import { describe, type PlacedOrder } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

When(
  '{trader} queries an order that was never placed',
  cue(['queryOrder', 'queryOrders']),
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).client.queryOrder(this.data.string.numeric(10))
  },
)

When(
  '{trader} queries a client id that was never used',
  cue('queryOrders'),
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).client.queryOrdersByCoId(this.newCoId())
  },
)

Given(
  '{trader} has chosen a client id for the next order',
  cue([]),
  function (this: TradingWorld, name: string) {
    this.trader(name).chosenCoId = this.newCoId()
  },
)

When(
  '{trader} queries that client id',
  cue('queryOrders'),
  async function (this: TradingWorld, name: string) {
    const { chosenCoId, client } = this.trader(name)
    assert(chosenCoId !== undefined, `${name} should have chosen a client id, and not used it yet.`)
    this.answer = await client.queryOrdersByCoId(chosenCoId)
  },
)

When(
  '{trader} queries the client id of the next order',
  cue('queryOrders'),
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).client.queryOrdersByCoId(this.reserveCoId())
  },
)

When(
  '{trader} queries the order of {trader}',
  cue('queryOrder'),
  async function (this: TradingWorld, name: string, owner: string) {
    const [order] = this.trader(owner).orders
    assert(order, `${owner} should have placed an order before.`)
    this.answer = await this.trader(name).client.queryOrder(order.id)
  },
)

Then(
  'there should be no answer about any order',
  watched(({ last }) => last !== undefined && objectsOf(last).length === 0),
  assertNoOrder,
)
Then('it should have led to none before', assertNoOrder)

function assertNoOrder(this: TradingWorld): void {
  const { answer } = this
  if (answer.kind === 'refusal') {
    if (answer.httpStatus === 404) return
    this.notVerified(`the query was refused with ${describe(answer)}, not 404`)
  }
  assert(
    answer.kind === 'success',
    `The query should be answered as documented: ${describe(answer)}.`,
  )
  assert(
    answer.value === undefined || (Array.isArray(answer.value) && answer.value.length === 0),
    'The answer should be about no order.',
  )
}

Then('the client id should lead to the same order', async function (this: TradingWorld) {
  const { order } = this
  const known = lookedUp(this, await traderOf(this).client.queryOrdersByCoId(order.coId ?? ''))
  assert.deepEqual(
    known.map(({ orderId }) => orderId),
    [order.id],
  )
})

Then('the order should be among the active ones', async function (this: TradingWorld) {
  assert.include(await activeIds(this), this.order.id)
})

Then('the order should not be among the active ones', async function (this: TradingWorld) {
  assertNotActive(this, await activeIds(this), this.order)
})

Then(
  'the {word} order should be active, the {word} should not',
  async function (this: TradingWorld, active: string, ended: string) {
    const ids = await activeIds(this)
    assert.include(ids, this.orderNamed(active).id)
    assertNotActive(this, ids, this.orderNamed(ended))
  },
)

Then(
  'the {word} and the {word} order should have different ids and keep their own fields',
  async function (this: TradingWorld, one: string, other: string) {
    const orders = [this.orderNamed(one), this.orderNamed(other)]
    for (const order of orders) await traderOf(this, order).query(order)
    const [first, second] = orders.map(identityOf)
    assert.notDeepEqual(first, second)
    for (const order of orders) assert.deepEqual(identityOf(order), expectedOf(order))
  },
)

async function activeIds(world: TradingWorld): Promise<readonly string[]> {
  const orders = lookedUp(world, await traderOf(world).client.queryActiveOrders())
  return orders.map(({ orderId }) => orderId)
}

/** Whether orders that have ended are listed for a while is left open (fact sheet 6, row 24). */
function assertNotActive(world: TradingWorld, ids: readonly string[], order: PlacedOrder): void {
  if (!ids.includes(order.id)) return
  const sentence = `Order ${order.id} is ${order.view.status}, and listed as active`
  if (order.isFinal) world.notVerified(sentence)
  assert.fail(sentence)
}

const identityOf = ({ view }: PlacedOrder) => ({
  ...{
    orderId: view.orderId,
    coId: view.coId,
    side: view.side,
    size: view.size,
    price: view.price,
  },
})

const expectedOf = ({ id, sent }: PlacedOrder) => ({
  ...{ orderId: id, coId: sent.coId, side: sent.side, size: sent.size, price: sent.price },
})
