import { Big } from 'big.js'
import type { OrderTerms } from './order-terms.ts'
import { minorUnits } from './pairs.ts'
import type { Level } from './quotation.ts'

const NOTHING = new Big(0)

/** The price this order would deal at, on the side of the book it takes; term per base. */
export function marketPrice(terms: OrderTerms, top: Pick<Level, 'bid' | 'offer'>): Big {
  return terms.takes === 'offer' ? top.offer : top.bid
}

/** Whether `price` is at the limit or better for the one who placed the order. */
export function isWithinLimit(terms: OrderTerms, price: Big): boolean {
  if (terms.price === undefined) return true
  return terms.takes === 'offer' ? price.lte(terms.price) : price.gte(terms.price)
}

/** What the book offers this order, in its dealt currency, rounded down to the minor unit. */
export function available(terms: OrderTerms, top: Omit<Level, 'provider'>): Big {
  const base = terms.takes === 'offer' ? top.offerLimit : top.bidLimit
  if (terms.dealsBase) return base
  const { term } = terms.pair
  return base.times(marketPrice(terms, top)).round(minorUnits(term), Big.roundDown)
}

/**
 * How much of `open` can be dealt now: limit, size, `minQty` and all-or-nothing considered.
 *
 * @param oversize - What an order for more than is available gets. Fact sheet 6, row 17.
 */
export function dealable(
  terms: OrderTerms,
  open: Big,
  top: Level | undefined,
  oversize: 'partial' | 'expire',
): Big {
  if (!top || !isWithinLimit(terms, marketPrice(terms, top))) return NOTHING
  const offered = available(terms, top)
  if (offered.gte(open)) return open
  const allOrNothing = terms.timeInForce === 'FOK' || oversize === 'expire'
  return allOrNothing || offered.lt(terms.minQty) ? NOTHING : offered
}

/** The other currency's amount for `quantity` of the dealt one, rounded to its minor unit. */
export function settledAmount(terms: OrderTerms, quantity: Big, rate: Big): Big {
  return terms.dealsBase
    ? quantity.times(rate).round(minorUnits(terms.pair.term))
    : quantity.div(rate).round(minorUnits(terms.pair.base))
}

/** Splits a quantity into `count` trades, none of them empty, the last taking what is left. */
export function split(quantity: Big, count: number, decimals: number): readonly Big[] {
  const each = quantity.div(count).round(decimals, Big.roundDown)
  if (count === 1 || each.eq(0)) return [quantity]
  const parts = Array.from({ length: count - 1 }, () => each)
  return [...parts, quantity.minus(each.times(count - 1))]
}
