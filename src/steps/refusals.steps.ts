import { Given, Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import { errorSchema } from '../api/contract/error.ts'
import { needs } from '../backends/needs.ts'
import { describe, type OrderFields } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

Given(
  'the server will fail the next placing with {int}',
  needs('inject faults'),
  async function (this: TradingWorld, status: number) {
    assert(
      status === 500 || status === 503,
      `The simulation can fail with 500 or 503, not ${status}.`,
    )
    await this.control.failNextPlacing(status)
  },
)

Then('the placing should be refused with an error object', function (this: TradingWorld) {
  assertErrorObject(this, (status) => status >= 400)
})

Then(
  'the placing should be refused with {int} and an error object',
  function (this: TradingWorld, expected: number) {
    assertErrorObject(this, (status) => status === expected)
  },
)

/** Under its client id, in the active list, and in the trades. */
Then('there should be no such order', async function (this: TradingWorld) {
  const trader = traderOf(this)
  const { sent, coId } = this.order
  if (coId !== undefined && coId !== '') {
    const answer = await trader.client.queryOrdersByCoId(coId)
    const known = answer.kind === 'success' ? answer.value : []
    assert.isEmpty(known, `No order should be known as ${coId}.`)
    const notThere = answer.kind === 'success' || answer.httpStatus === 404
    assert(notThere, `The query should say that there is none: ${describe(answer)}.`)
  }
  const active = await trader.queryActive()
  assert.isEmpty(active.filter(isMadeOf(sent)), 'It should not be active.')
  const trades = await trader.downloadAll()
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
    const known = await traderOf(this).queryByCoId(coId)
    assert.deepEqual(
      known.map(({ orderId }) => orderId),
      [first.id],
    )
  },
)

function assertErrorObject({ order }: TradingWorld, isExpected: (status: number) => boolean): void {
  const { placing } = order
  assert(placing.kind === 'refusal', `The placing should be refused: ${describe(placing)}.`)
  assert(isExpected(placing.httpStatus), `The code should be another: ${describe(placing)}.`)
  assert(
    isErrorObject(placing.raw),
    `The body should be an error object: ${placing.raw.slice(0, 200)}`,
  )
}

/** An object that is no order. Its field names are not documented. */
function isErrorObject(raw: string): boolean {
  try {
    const body: unknown = JSON.parse(raw)
    return errorSchema.safeParse(body).success && !Object.hasOwn(Object(body), 'orderId')
  } catch {
    return false
  }
}
