import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import { quotesIn } from '../../reading/quotes.ts'
import { originOf, type Terms } from '../../reading/terms.ts'
import { decimalsOf, priceOf } from './amounts.ts'

/** What a price of an order is called that a query tells of what was dealt. */
export const PRICE_FIELDS = ['averagePrice', 'lastPrice'] as const
export type PriceField = (typeof PRICE_FIELDS)[number]

/** The views of an order that say that something was dealt: before, its prices mean nothing. */
export function dealtViews({ views }: OwnOrder): readonly View[] {
  return views.filter(({ status, fields }) => {
    const dealt = decimalOf(fields.cumQty)
    return dealt === undefined ? status === 'FILLED' : dealt.gt(0)
  })
}

/**
 * The step in which a field tells the prices of a symbol, as far as can be told: zeros at the end are
 * not written, so that only the finest price of all shows it. No server quotes finer than it tells what
 * was dealt.
 */
export function priceStep({ symbol }: Terms, field: PriceField, matter: Matter): Big {
  const told = matter.orders
    .filter((order) => originOf(order)?.[0].symbol === symbol)
    .flatMap((order) => dealtViews(order).flatMap(({ fields }) => priceOf(fields[field]) ?? []))
  const quoted = quotesIn(matter.readings)
    .filter((quote) => quote.symbol === symbol)
    .flatMap(({ bid, offer }) => [bid, offer])
  const decimals = [...told, ...quoted].map(decimalsOf)
  return new Big(10).pow(-Math.max(0, ...decimals))
}

/** The nearest price on a grid that is not better for the trader than `price`. */
export function worstOnGrid(price: Big, step: Big, isCeiling: boolean): Big {
  const steps = price.div(step).round(0, Big.roundDown)
  const below = steps.times(step)
  return isCeiling && below.lt(price) ? below.plus(step) : below
}
