import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import { type Terms, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isOther, priceOf, settledAt, settledCurrency, unitOf } from './amounts.ts'
import { sumOf, tradesOf } from './dealt.ts'
import { dealtViews, priceStep } from './told-prices.ts'
import { quantitiesIn } from './view-sights.ts'

/** How many fills an order of unknown many may have had, each settled for itself. */
const MOST_FILLS = 100

export const settledRule: Rule = {
  id: 'size.settled',
  family: 'Price and size',
  sentence:
    'What an order settles is what is dealt at its average price: times it, or divided by it where the term currency is dealt.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'settled-mismatch',
  check: (matter) =>
    resultOf(
      matter.orders.flatMap((order) => {
        const terms = termsOf(order)
        return terms ? dealtViews(order).map((view) => sightOf(order, view, terms, matter)) : []
      }),
    ),
}

function sightOf(order: OwnOrder, view: View, terms: Terms, matter: Matter): Sight {
  const { fields, reading } = view
  const dealt = quantitiesIn(view).cumQty
  const average = priceOf(fields.averagePrice)
  const settled = decimalOf(fields.settlCurrAmt)
  if (!dealt || !average?.gt(0) || !settled) return undefined
  const expected = settledAt(terms, dealt, average)
  if (!isOther(settled, expected, slackOf(order, view, dealt, average, terms, matter)))
    return 'held'
  const sign = terms.dealsBase ? '×' : '÷'
  return {
    orderId: order.orderId,
    detail: `settlCurrAmt ${settled.toFixed()}, though ${dealt.toFixed()} ${sign} ${average.toFixed()} is ${expected.round(2).toFixed()}`,
    exchanges: [...new Set([terms.seenIn.number, reading.number])],
  }
}

/** The rounding of each fill and, where there were several, of their average. */
function slackOf(
  order: OwnOrder,
  view: View,
  dealt: Big,
  average: Big,
  terms: Terms,
  matter: Matter,
): Big {
  const unit = unitOf(settledCurrency(terms))
  if (isOneFill(view, dealt, average)) return unit
  return averageSlack(dealt, average, terms, matter).plus(unit.times(fillsOf(order, dealt, matter)))
}

/** What a rounded average leaves open of what `dealt` settles. */
export function averageSlack(dealt: Big, average: Big, terms: Terms, matter: Matter): Big {
  const step = priceStep(terms, average, matter)
  const least = average.minus(step)
  if (terms.dealsBase) return dealt.times(step)
  // Of a price that may as well be none, nothing follows.
  if (least.lte(0)) return settledAt(terms, dealt, average)
  return settledAt(terms, dealt, least).minus(settledAt(terms, dealt, average))
}

/** Its average is the price of its only fill then, and nothing is rounded. */
function isOneFill(view: View, dealt: Big, average: Big): boolean {
  const { lastQty } = quantitiesIn(view)
  const lastPrice = priceOf(view.fields.lastPrice)
  return lastQty?.eq(dealt) === true && lastPrice?.eq(average) === true
}

function fillsOf(order: OwnOrder, dealt: Big, matter: Matter): number {
  const trades = tradesOf(order, matter)
  const isAll = trades.length > 0 && sumOf(trades)?.eq(dealt)
  return isAll ? trades.length : MOST_FILLS
}
