import { Big } from 'big.js'
import fc from 'fast-check'
import { limitLifecycle } from '../../src/machines/lifecycle.ts'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { DeskOrder } from '../../src/mocks/exchange/desk-order.ts'
import { Execution } from '../../src/mocks/exchange/execution.ts'
import type { OrderTerms } from '../../src/mocks/exchange/order-terms.ts'
import { orderView } from '../../src/mocks/exchange/order-view.ts'
import { pairs } from '../../src/mocks/exchange/pairs.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { TradeQueue } from '../../src/mocks/exchange/trade-queue.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

/** One fill: an amount of the dealt currency at a price. */
export interface LegalFill {
  readonly dealt: Big
  readonly price: Big
}

/** An order that is filled whole, in parts, at its limit or better. */
export interface LegalOrder {
  readonly symbol: string
  readonly side: 'Buy' | 'Sell'
  readonly dealsBase: boolean
  readonly currency: string
  /** The least step of a price. */
  readonly point: Big
  /** The least amounts of the dealt and of the other currency. */
  readonly dealtUnit: Big
  readonly settledUnit: Big
  readonly limit: Big
  readonly size: Big
  readonly fills: readonly LegalFill[]
  /** Whether a price above the limit is the worse one. */
  readonly isCeiling: boolean
}

/** What a server says of fills: after each of them the order, and in the end the trades. */
export interface Told {
  readonly views: readonly Record<string, unknown>[]
  readonly trades: readonly Record<string, unknown>[]
}

/** Symbol, usual price, decimals of a price. Yen have no hundredth part. */
const PAIRS = [
  ['EUR/USD', '1.08634', 5],
  ['USD/JPY', '149.372', 3],
  ['EUR/JPY', '162.268', 3],
  ['USD/CHF', '0.88213', 5],
  ['GBP/JPY', '189.516', 3],
] as const

const unitOf = (currency: string) => new Big(currency === 'JPY' ? 1 : '0.01')

/** Sizes from 1,000 to 10,000,000, to the last unit; up to five fills up to 100 points better. */
export const legalOrders: fc.Arbitrary<LegalOrder> = fc
  .record({
    pair: fc.constantFrom(...PAIRS),
    side: fc.constantFrom('Buy', 'Sell'),
    dealsBase: fc.boolean(),
    moved: fc.integer({ min: -500, max: 500 }),
    units: fc.integer({ min: 100_000, max: 1_000_000_000 }),
    shares: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
    better: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }),
  })
  .map(({ pair: [symbol, mid, decimals], side, dealsBase, moved, units, shares, better }) => {
    const [base = '', term = ''] = symbol.split('/')
    const currency = dealsBase ? base : term
    const point = new Big(10).pow(-decimals)
    const dealtUnit = unitOf(currency)
    const isCeiling = (side === 'Buy') === dealsBase
    const limit = new Big(mid).plus(point.times(moved))
    const size = new Big(units).times('0.01').round(currency === 'JPY' ? 0 : 2)
    const total = shares.reduce((sum, share) => sum + share, 0)
    const each = shares.slice(1).map((share) =>
      size
        .times(share)
        .div(total)
        .round(currency === 'JPY' ? 0 : 2, Big.roundDown),
    )
    const first = each.reduce((rest, part) => rest.minus(part), size)
    const fills = [first, ...each].map((dealt, at) => {
      const gain = point.times(better[at] ?? 0)
      return { dealt, price: isCeiling ? limit.minus(gain) : limit.plus(gain) }
    })
    const settledUnit = unitOf(dealsBase ? term : base)
    const common = { symbol, side, dealsBase, currency, point, dealtUnit, settledUnit }
    return { ...common, limit, size, fills, isCeiling } as const
  })

const json = (value: Big | string) => Number(value.toString())

/** As the simulation deals: its execution, its views, its trades. */
export function simulated(order: LegalOrder, perDeal: number): Told {
  const settings = parseSettings({ 'fills.perOrder': perDeal })
  const clock = new VirtualClock(0)
  const chance = new Chance('fills')
  const queue = new TradeQueue(clock, chance, settings)
  const execution = new Execution(settings, chance, queue)
  const pair = pairs.get(order.symbol)
  if (!pair) throw new Error(`${order.symbol} is not traded.`)
  const terms: OrderTerms = {
    ...({ type: 'Limit', timeInForce: 'GTC' } as const),
    ...{ pair, size: order.size, minQty: new Big(0) },
    ...{ dealsBase: order.dealsBase, price: order.limit },
    takes: order.isCeiling ? 'offer' : 'bid',
  }
  const { side, currency } = order
  const desk = new DeskOrder({
    ...{ orderId: '7', coId: 'c7', lifecycle: limitLifecycle, terms, placedAt: 0 },
    user: { name: 'ada', org: 'OneOrg', password: 'x', mayTrade: true },
    echo: { side, currency },
    plan: { ending: { kind: 'business' }, received: 'held', new: ['held'] },
  })
  desk.apply('desk.accepted', 0)
  const views = order.fills.map(({ dealt, price }) => {
    execution.deal(desk, terms, dealt, price, 0)
    return { ...orderView(desk, settings, 'LP') }
  })
  const trades = queue.all.map(({ tradeId, dealt, settled, rate }) => ({
    ...{ tradeId, dealtAmount: json(dealt), settledAmount: json(settled) },
    ...{ spotRate: json(rate), rate: json(rate) },
  }))
  return { views, trades }
}

/** How a server may round: to the nearest, to the even one, down, or up. */
export const ROUNDINGS = [Big.roundHalfUp, Big.roundHalfEven, Big.roundDown, Big.roundUp] as const

/** How another server may deal: every fill rounded for itself, the order by its average or by its trades. */
export function otherwise(
  order: LegalOrder,
  rounding: (typeof ROUNDINGS)[number],
  isSummed: boolean,
): Told {
  const inUnits = (amount: Big, unit: Big) => amount.div(unit).round(0, rounding).times(unit)
  const convert = (dealt: Big, price: Big) =>
    order.dealsBase ? dealt.times(price) : dealt.div(price)
  const trades = order.fills.map(({ dealt, price }, at) => ({
    tradeId: `T${at}`,
    dealt,
    price,
    settled: inUnits(convert(dealt, price), order.settledUnit),
  }))
  const views = trades.map(({ dealt: lastQty, price: lastPrice }, at) => {
    const done = trades.slice(0, at + 1)
    const sum = (of: (fill: (typeof trades)[number]) => Big) =>
      done.reduce((total, fill) => total.plus(of(fill)), new Big(0))
    const cumQty = sum(({ dealt }) => dealt)
    const exact = sum(({ dealt, price }) => convert(dealt, price))
    const average = order.dealsBase ? exact.div(cumQty) : cumQty.div(exact)
    // What a division left behind its twentieth decimal is no price to be rounded up.
    const averagePrice = inUnits(average.prec(15), order.point)
    const settled = isSummed
      ? sum((fill) => fill.settled)
      : inUnits(convert(cumQty, averagePrice), order.settledUnit)
    return {
      status: at === trades.length - 1 ? 'FILLED' : 'NEW',
      ...{ cumQty: json(cumQty), leavesQty: json(order.size.minus(cumQty)) },
      ...{ averagePrice: json(averagePrice), settlCurrAmt: json(settled) },
      ...{ lastPrice: json(lastPrice), lastQty: json(lastQty) },
    }
  })
  return {
    views,
    trades: trades.map(({ tradeId, dealt, price, settled }) => ({
      ...{ tradeId, dealtAmount: json(dealt), settledAmount: json(settled) },
      ...{ spotRate: json(price), rate: json(price) },
    })),
  }
}
