import { Then, When } from '@cucumber/cucumber'
import { Big } from 'big.js'
import { assert } from 'chai'
import type { Trade } from '../api/contract/trades.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { cue, watched } from '../backends/playing/roles.ts'
import { downloadDue } from './download-due.ts'
import { acceptedOrder } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

const downloading = cue('downloadTrades', { answered: 'well' })

When(
  '{trader} downloads the trades',
  downloading,
  async function (this: TradingWorld, name: string) {
    await downloadDue(this, this.trader(name))
  },
)

When(
  '{trader} downloads one batch',
  downloading,
  async function (this: TradingWorld, name: string) {
    await this.trader(name).downloadBatch()
  },
)

When(
  '{trader} downloads one batch of {int}',
  downloading,
  async function (this: TradingWorld, name: string, maxCount: number) {
    await this.trader(name).downloadBatch(maxCount)
  },
)

When(
  '{trader} downloads the trades in batches of {int}',
  downloading,
  async function (this: TradingWorld, name: string, maxCount: number) {
    await this.trader(name).downloadAll(maxCount)
  },
)

/** One for each fill: the simulation makes one, an endpoint may make several. */
Then(
  '{trader} should have one trade for the order',
  watched((story) => hasTrades(story, 1)),
  function (this: TradingWorld, name: string) {
    const trades = this.trader(name).tradesOf(this.order)
    assert.isNotEmpty(trades, `There should be a trade for order ${this.order.id}.`)
    if (trades.length > 1 && !this.backend.control) assertAmounts(this, trades)
    else assert.lengthOf(trades, 1)
  },
)

Then(
  '{trader} should have {int} trades for the order',
  watched((story: ClientStory, _name: string, count: number) => hasTrades(story, count)),
  function (this: TradingWorld, name: string, count: number) {
    const { batches } = this.trader(name)
    assert.isNotEmpty(batches, `How many trades ${name} has shows only after a download.`)
    assert.lengthOf(this.trader(name).tradesOf(this.order), count)
  },
)

Then(
  '{trader} should have no trade for the order',
  watched((story) => hasTrades(story, 0)),
  async function (this: TradingWorld, name: string) {
    assert(this.order.isFinal, 'No trade means something only once the order has ended.')
    await this.trader(name).downloadAll()
    assert.isEmpty(this.trader(name).tradesOf(this.order))
  },
)

Then('the trade should agree with the order', function (this: TradingWorld) {
  const trades = tradesOf(this)
  const { view } = this.order
  for (const trade of trades) {
    const { orderId, coId, side, symbol, currency } = view
    assert.include(trade, { orderId, coId, side, symbol, currency, status: 'Verified' })
  }
  assertAmounts(this, trades)
})

Then('the trades should add up to what was dealt', function (this: TradingWorld) {
  assertAmounts(this, tradesOf(this))
})

Then('the trade should name the rate it came from', function (this: TradingWorld) {
  const { rateId } = this.order.sent
  assert(rateId !== undefined, 'Only an order on a rate has a trade that can name it.')
  for (const trade of tradesOf(this)) {
    if (trade.rateId === undefined) this.notVerified('the trade does not name its rate')
    assert.equal(trade.rateId, rateId)
  }
})

Then(
  'the trades should be marked {word}',
  watched(({ batches }: ClientStory, event: string) => {
    const last = batches.findLast((batch) => batch.length > 0)
    return last?.every((trade) => trade.event === event) === true
  }),
  function (this: TradingWorld, event: string) {
    // The mark may be absent on an endpoint; the simulation sends it.
    const marked = tradesOf(this).filter(
      (trade) => trade.event !== undefined || this.backend.control,
    )
    if (marked.length === 0) this.notVerified('trades carry no mark here')
    for (const trade of marked) assert.equal(trade.event, event)
  },
)

/** On an endpoint others trade too: empty of what is this scenario's. */
Then(
  'another download should be empty',
  watched(({ batches }) => batches.at(-1)?.length === 0 || undefined),
  async function (this: TradingWorld) {
    const batch = await traderOf(this).downloadBatch()
    assert.isEmpty(this.backend.control ? batch : batch.filter((trade) => isOurs(this, trade)))
  },
)

Then(
  'the batches should have been of {int}, {int}, {int} and {int}',
  function (this: TradingWorld, one: number, two: number, three: number, four: number) {
    const sizes = traderOf(this).batches.map((batch) => batch.length)
    assert.deepEqual(sizes, [one, two, three, four])
  },
)

Then(
  'the batch should hold {int} trades',
  watched(({ batches }: ClientStory, size: number) => batches.at(-1)?.length === size),
  function (this: TradingWorld, size: number) {
    assert.lengthOf(traderOf(this).batches.at(-1) ?? [], size)
  },
)

Then(
  'no trade should have come twice',
  watched(
    ({ trades }) =>
      trades.length > 0 && new Set(trades.map(({ tradeId }) => tradeId)).size === trades.length,
  ),
  function (this: TradingWorld) {
    const ids = ownTrades(this).map(({ tradeId }) => tradeId)
    assert.isNotEmpty(ids, 'There should be trades at all.')
    assert.lengthOf(new Set(ids), ids.length)
  },
)

Then(
  'the trades of {trader} and {trader} together should be those of {int} orders',
  function (this: TradingWorld, one: string, other: string, count: number) {
    const both = [this.trader(one), this.trader(other)].flatMap(({ trades }) => trades)
    const own = both.filter((trade) => isOurs(this, trade))
    assert.lengthOf(new Set(own.map(({ orderId }) => orderId)), count)
  },
)

/** Whether a client was told of so many trades of its order; while too few are told, more may come. */
function hasTrades(story: ClientStory, count: number): boolean | undefined {
  const ids = new Set(story.tradesOf(story.order).map(({ tradeId }) => tradeId))
  if (ids.size < count || story.batches.length === 0) return undefined
  return ids.size === count
}

/** The trades of the scenario's order; there must be one. */
function tradesOf(world: TradingWorld): readonly Trade[] {
  const trades = world.traders.flatMap((trader) => trader.tradesOf(world.order))
  assert.isNotEmpty(trades, `There should be a trade for order ${world.order.id}.`)
  return trades
}

/** Whether a trade is of an order of this scenario. */
function isOurs(world: TradingWorld, { orderId }: Trade): boolean {
  const orders = world.traders.flatMap((trader) => trader.orders)
  const counted = orders.filter(({ isReplaced }) => !isReplaced)
  return counted.some(({ placing }) => acceptedOrder(placing)?.orderId === orderId)
}

function ownTrades(world: TradingWorld): readonly Trade[] {
  const trades = world.traders.flatMap((trader) => trader.trades)
  return trades.filter((trade) => isOurs(world, trade))
}

/** Decimals, not floats: the sums must be equal to the last digit. */
function assertAmounts(world: TradingWorld, trades: readonly Trade[]): void {
  const { cumQty, settlCurrAmt } = world.order.view
  const dealt = sumOf(trades.map(({ dealtAmount }) => dealtAmount))
  if (dealt === undefined || cumQty === undefined) {
    world.notVerified('the order or its trades do not tell the amount that was dealt')
  }
  assert.equal(dealt, new Big(cumQty).toFixed())
  const settled = sumOf(trades.map(({ settledAmount }) => settledAmount))
  if (settlCurrAmt !== undefined && settled !== undefined) {
    assert.equal(settled, new Big(settlCurrAmt).toFixed())
  }
}

/** `undefined` where one is missing. */
function sumOf(amounts: readonly (number | undefined)[]): string | undefined {
  if (amounts.includes(undefined)) return undefined
  return amounts.reduce((sum, amount) => sum.plus(amount ?? 0), new Big(0)).toFixed()
}
