import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import fc from 'fast-check'
import { askRate, pollInVain } from './deals.ts'
import {
  type LegalOrder,
  legalOrders,
  otherwise,
  ROUNDINGS,
  simulated,
  type Told,
} from './legal-fills.ts'
import { type Fields, orderSeen, orderSent, Talk, tradeOf } from './talk.ts'

const tellings = fc
  .record({
    order: legalOrders,
    perDeal: fc.integer({ min: 1, max: 3 }),
    rounding: fc.constantFrom(...ROUNDINGS),
    isSummed: fc.boolean(),
    isSimulated: fc.boolean(),
  })
  .map(({ order, perDeal, rounding, isSummed, isSimulated }) => ({
    order,
    told: isSimulated ? simulated(order, perDeal) : otherwise(order, rounding, isSummed),
  }))

/** A talk about the order, in which everything is looked at that can be. */
async function talkOf(order: LegalOrder, { views, trades }: Told): Promise<Talk> {
  const talk = new Talk()
  const { symbol, side, currency } = order
  // Its last decimal is no zero, so that it shows how fine prices are.
  const bid = order.limit.div(order.point.times(10)).round().times(10).plus(1).times(order.point)
  const offer = Number(bid.plus(order.point).toString())
  const limits = { bidLimit: 1e12, offerLimit: 1e12 }
  await askRate(talk, { symbol, bid: Number(bid.toString()), offer, ...limits })
  const sent = {
    ...{ side, symbol, currency, timeInForce: 'GTC' },
    ...{ size: Number(order.size.toString()), price: Number(order.limit.toString()) },
  }
  await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
  for (const view of views)
    await talk.query('7', [orderSeen('7', String(view.status), { ...sent, ...view })])
  await talk.download(
    ...trades.map((trade) => tradeOf('7', { ...sent, price: undefined, ...trade })),
  )
  await pollInVain(talk)
  talk.pass(10_000)
  await talk.download()
  await talk.download()
  return talk
}

const limitRuleOf = ({ dealsBase }: LegalOrder) =>
  dealsBase ? 'price.limit-or-better' : 'price.limit-or-better-term'

const HELD = [
  'price.trade',
  'size.never-more',
  'size.filled-whole',
  'size.adds-up',
  'size.last-fill',
  'size.settled',
  'trade.amount',
  'trade.settled',
  'trade.empty-is-empty',
]

/** One number of one answer changed by more than a rounding, and the rule that must say so. */
interface Change {
  readonly rule: string | ((order: LegalOrder) => string)
  readonly apply: (told: Told, order: LegalOrder) => Told | undefined
}

const worse = ({ limit, point, isCeiling }: LegalOrder) =>
  Number((isCeiling ? limit.plus(point) : limit.minus(point)).toString())

const plus = (value: unknown, more: Big) => Number(new Big(Number(value)).plus(more).toString())

function lastView(
  change: (view: Fields, order: LegalOrder, told: Told) => Fields,
): Change['apply'] {
  return (told, order) => {
    const last = told.views.at(-1) ?? {}
    const views = [...told.views.slice(0, -1), { ...last, ...change(last, order, told) }]
    return { ...told, views }
  }
}

function firstTrade(change: (trade: Fields, order: LegalOrder) => Fields): Change['apply'] {
  return (told, order) => {
    const [first = {}, ...rest] = told.trades
    return { ...told, trades: [{ ...first, ...change(first, order) }, ...rest] }
  }
}

/** More than every rounding together: of each fill, of their average, and of the whole. */
function beyondRounding({ size, point, limit, dealsBase, settledUnit }: LegalOrder, fills: number) {
  const average = dealsBase ? size.times(point) : size.times(point).div(limit.times(limit))
  return average.times(2.5).plus(settledUnit.times(2 * fills + 2))
}

const changes: readonly Change[] = [
  {
    rule: limitRuleOf,
    apply: lastView((_view, order) => ({ averagePrice: worse(order) })),
  },
  {
    rule: limitRuleOf,
    apply: lastView((_view, order) => ({ lastPrice: worse(order) })),
  },
  { rule: 'price.trade', apply: firstTrade((_trade, order) => ({ rate: worse(order) })) },
  {
    rule: 'price.trade',
    apply: firstTrade(({ dealtAmount }, order) => {
      const dealt = new Big(Number(dealtAmount))
      const at = order.dealsBase ? dealt.times(order.limit) : dealt.div(order.limit)
      const more = order.settledUnit.times(order.side === 'Buy' ? 3 : -3)
      const settledAmount = plus(at.div(order.settledUnit).round().times(order.settledUnit), more)
      return { spotRate: undefined, rate: undefined, settledAmount }
    }),
  },
  {
    rule: 'size.settled',
    apply: lastView(({ settlCurrAmt }, order, { trades }) => ({
      settlCurrAmt: plus(settlCurrAmt, beyondRounding(order, trades.length)),
    })),
  },
  {
    rule: 'size.settled',
    apply: lastView(({ settlCurrAmt }, order, { trades }) => ({
      settlCurrAmt: plus(settlCurrAmt, beyondRounding(order, trades.length).times(-1)),
    })),
  },
  {
    rule: 'size.never-more',
    apply: lastView(({ cumQty }, { dealtUnit }) => ({ cumQty: plus(cumQty, dealtUnit) })),
  },
  {
    rule: 'size.filled-whole',
    apply: lastView(({ cumQty }, { dealtUnit }) => ({ cumQty: plus(cumQty, dealtUnit.times(-1)) })),
  },
  {
    rule: 'size.filled-whole',
    apply: lastView((_view, { dealtUnit }) => ({ leavesQty: Number(dealtUnit.toString()) })),
  },
  {
    rule: 'size.last-fill',
    apply: lastView(({ cumQty }, { dealtUnit }) => ({ lastQty: plus(cumQty, dealtUnit) })),
  },
  {
    rule: 'size.adds-up',
    apply: (told, { dealtUnit }) => {
      const [first, ...rest] = told.views
      if (!first || rest.length === 0) return undefined
      return {
        ...told,
        views: [{ ...first, leavesQty: plus(first.leavesQty, dealtUnit) }, ...rest],
      }
    },
  },
  {
    rule: 'size.dealt-grows',
    apply: (told, { dealtUnit }) => {
      const [first, second, ...rest] = told.views
      if (!first || !second) return undefined
      const less = plus(first.cumQty, dealtUnit.times(-1))
      return { ...told, views: [first, { ...second, cumQty: less }, ...rest] }
    },
  },
  {
    rule: 'trade.amount',
    apply: firstTrade(({ dealtAmount }, { dealtUnit }) => ({
      dealtAmount: plus(dealtAmount, dealtUnit),
    })),
  },
  {
    rule: 'trade.amount',
    apply: firstTrade(({ dealtAmount }, { dealtUnit }) => ({
      dealtAmount: plus(dealtAmount, dealtUnit.times(-1)),
    })),
  },
  {
    rule: 'trade.settled',
    apply: firstTrade(({ settledAmount }, { settledUnit }) => ({
      settledAmount: plus(settledAmount, settledUnit.times(3)),
    })),
  },
]

describe('whatever is dealt as it may be', () => {
  it('is no finding, however it is rounded', () =>
    fc.assert(
      fc.asyncProperty(tellings, async ({ order, told }) => {
        const { findings, rulesHeld } = (await talkOf(order, told)).evidence()
        assert.deepEqual(findings, [])
        const limit = limitRuleOf(order)
        assert.includeMembers([...rulesHeld], [...HELD, limit])
      }),
      { seed: 1, numRuns: 300 },
    ))

  it('is one once a number is changed by more than a rounding', () =>
    fc.assert(
      fc.asyncProperty(
        tellings,
        fc.constantFrom(...changes),
        async ({ order, told }, { rule, apply }) => {
          const changed = apply(told, order)
          fc.pre(changed !== undefined)
          const { findings } = (await talkOf(order, changed ?? told)).evidence()
          assert.include(
            findings.map((finding) => finding.rule),
            typeof rule === 'string' ? rule : rule(order),
          )
        },
      ),
      { seed: 2, numRuns: 600 },
    ))
})
