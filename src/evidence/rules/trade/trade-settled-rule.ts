import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Delivery } from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { type Terms, termsOf } from '../../reading/terms.ts'
import { isOther, priceOf, settledAt, settledCurrency, unitOf } from '../deal/amounts.ts'
import { lastDealt, sumOf, tradesOf } from '../deal/dealt.ts'
import { averageSlack } from '../deal/settled-rule.ts'
import { ratesIn } from '../deal/trade-price-rule.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const tradeSettledRule: Rule = {
  id: 'trade.settled',
  family: 'Trades',
  sentence:
    'A trade settles what it dealt at its price, and the trades of an order together what the order settles.',
  source: { section: '2.8', mark: 'inferred' },
  code: 'trade-settled-mismatch',
  check: (matter) =>
    resultOf(
      matter.orders.flatMap((order) => {
        const terms = termsOf(order)
        if (!terms) return []
        const trades = tradesOf(order, matter)
        const own = trades.map((trade) => ownSight(trade, terms))
        return [...own, sumSight(order, trades, terms, matter)]
      }),
    ),
}

function ownSight(trade: Delivery, terms: Terms): Sight {
  const { orderId, tradeId, fields, reading } = trade
  const [dealt, settled] = [decimalOf(fields.dealtAmount), decimalOf(fields.settledAmount)]
  const rates = ratesIn(trade)
  const [first] = rates
  if (!dealt?.gt(0) || !settled || !first) return undefined
  const unit = unitOf(settledCurrency(terms))
  const isRight = rates.some(({ rate }) => !isOther(settled, settledAt(terms, dealt, rate), unit))
  if (isRight) return 'held'
  const sign = terms.dealsBase ? '×' : '÷'
  const expected = settledAt(terms, dealt, first.rate).round(2)
  return {
    orderId,
    detail: `trade ${tradeId}: settledAmount ${settled.toFixed()}, though ${dealt.toFixed()} ${sign} ${first.rate.toFixed()} is ${expected.toFixed()}`,
    exchanges: [reading.number],
  }
}

/** Each trade may be rounded for itself, and the order by its average. */
function sumSight(
  order: OwnOrder,
  trades: readonly Delivery[],
  terms: Terms,
  matter: Matter,
): Sight {
  const end = endOf(order)
  const dealt = lastDealt(order)
  const settled = order.views
    .map(({ fields }) => decimalOf(fields.settlCurrAmt))
    .findLast((amount) => amount !== undefined)
  const amounts = trades.map(({ fields }) => decimalOf(fields.settledAmount))
  const told = amounts.filter((amount) => amount !== undefined)
  const isAll = dealt && trades.length > 0 && sumOf(trades)?.eq(dealt)
  if (!end || !isAll || !settled || told.length < trades.length) return undefined
  const sum = told.reduce((total, amount) => total.plus(amount), new Big(0))
  const average = priceOf(end.fields.averagePrice)
  const rounding =
    trades.length > 1 && average?.gt(0) ? averageSlack(dealt, average, terms, matter) : new Big(0)
  const slack = unitOf(settledCurrency(terms)).times(trades.length).plus(rounding)
  if (!isOther(sum, settled, slack)) return 'held'
  return {
    orderId: order.orderId,
    detail: `the order settles ${settled.toFixed()}, its trades ${sum.toFixed()}`,
    exchanges: [end.reading.number, ...new Set(trades.map(({ reading }) => reading.number))],
  }
}
