import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import { quotesIn } from '../../reading/quotes.ts'
import type { Reading } from '../../reading/reading.ts'
import type { Terms } from '../../reading/terms.ts'
import { decimalsOf, priceOf, unitOf } from './amounts.ts'

/** What a price of an order is called that a query tells of what was dealt. */
const PRICE_FIELDS = ['averagePrice', 'lastPrice'] as const

interface ToldPrice {
  readonly field: string
  readonly told: Big
  readonly reading: Reading
}

/** The views of an order that say that something was dealt: before, its prices mean nothing. */
export function dealtViews({ views }: OwnOrder): readonly View[] {
  return views.filter(({ status, fields }) => {
    const dealt = decimalOf(fields.cumQty)
    return dealt === undefined ? status === 'FILLED' : dealt.gt(0)
  })
}

/** Every price that the views of an order tell of what was dealt. */
export function pricesOf(order: OwnOrder): readonly ToldPrice[] {
  return dealtViews(order).flatMap(({ fields, reading }) =>
    PRICE_FIELDS.flatMap((field) => {
      const told = priceOf(fields[field])
      return told ? [{ field, told, reading }] : []
    }),
  )
}

/** The usual pip of prices about `near`; of yen and the like, and of metals, it is a hundredth. */
function pipOf({ term }: Terms, near: Big): Big {
  const isCoarse = unitOf(term).eq(1) || near.gte(10)
  return new Big(isCoarse ? '0.01' : '0.0001')
}

/**
 * The step in which prices of a symbol about `near` are told: as fine as its quotes were, for no server
 * quotes finer than it tells what was dealt. At most a pip, for zeros at the end of quotes are not
 * written; and a pip where none was seen. What was dealt shows nothing: it is what is judged.
 */
export function priceStep(terms: Terms, near: Big, matter: Matter): Big {
  const decimals = quotesIn(matter.readings)
    .filter((quote) => quote.symbol === terms.symbol)
    .flatMap(({ bid, offer }) => [decimalsOf(bid), decimalsOf(offer)])
  const quoted = new Big(10).pow(-Math.max(0, ...decimals))
  const pip = pipOf(terms, near)
  return quoted.lt(pip) ? quoted : pip
}

/** The nearest price on a grid that is not better for the trader than `price`. */
export function worstOnGrid(price: Big, step: Big, isCeiling: boolean): Big {
  const steps = price.div(step).round(0, Big.roundDown)
  const below = steps.times(step)
  return isCeiling && below.lt(price) ? below.plus(step) : below
}
