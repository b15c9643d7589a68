import type { Big } from 'big.js'
import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder } from '../../reading/own-orders.ts'
import { buysBase, type Terms, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isMore, isOther, priceOf } from './amounts.ts'
import { boundOf, listed, quoteFor } from './price-bounds.ts'
import { dealtViews, PRICE_FIELDS, priceStep, worstOnGrid } from './told-prices.ts'
import { tradePriceRule } from './trade-price-rule.ts'

const limitRule: Rule = {
  id: 'price.limit-or-better',
  family: 'Price and size',
  sentence:
    'A limit order deals at its limit or better: buying the base currency not above it, selling not below.',
  source: { section: '5', mark: 'seed' },
  code: 'beyond-limit',
  check: (matter) =>
    resultOf(matter.orders.flatMap((order) => limitSights(order, termsOf(order), matter))),
}

function limitSights(order: OwnOrder, terms: Terms | undefined, matter: Matter): Sight[] {
  const limit = terms?.price
  if (!terms || !limit || terms.type !== 'Limit') return []
  const isCeiling = buysBase(terms)
  const worst = worstOnGrid(limit, priceStep(terms, limit, matter), isCeiling)
  return dealtViews(order).flatMap(({ fields, reading }) =>
    PRICE_FIELDS.map((field): Sight => {
      const told = priceOf(fields[field])
      if (!told) return undefined
      const isBeyond = (bound: Big) => (isCeiling ? isMore(told, bound) : isMore(bound, told))
      if (!isBeyond(limit)) return 'held'
      // It may be the limit, rounded.
      if (!isBeyond(worst)) return undefined
      return {
        orderId: order.orderId,
        detail: `${field} ${told.toFixed()}, allowed is ${boundOf(terms, limit)}`,
        exchanges: [...new Set([terms.seenIn.number, reading.number])],
      }
    }),
  )
}

const quoteRule: Rule = {
  id: 'price.pq-at-quote',
  family: 'Price and size',
  sentence:
    'A previously quoted order deals at its rate: buying the base currency at the offer, selling at the bid.',
  source: { section: '5', mark: 'seed' },
  code: 'off-quote',
  check: (matter) =>
    resultOf(matter.orders.flatMap((order) => quoteSights(order, termsOf(order), matter))),
}

/** Only where the rate is known: at another price than the one sent it may be dealt (setting 16). */
function quoteSights(order: OwnOrder, terms: Terms | undefined, matter: Matter): Sight[] {
  const quoted = terms && quoteFor(terms, matter)
  if (!terms || !quoted) return []
  return dealtViews(order).flatMap(({ fields, reading }) =>
    PRICE_FIELDS.map((field): Sight => {
      const told = priceOf(fields[field])
      if (!told) return undefined
      if (quoted.prices.some((price) => !isOther(told, price))) return 'held'
      return {
        orderId: order.orderId,
        detail: `${field} ${told.toFixed()}, though the ${quoted.side} was quoted at ${listed(quoted.prices)}`,
        exchanges: [quoted.reading.number, ...new Set([terms.seenIn.number, reading.number])],
      }
    }),
  )
}

/** At what price an order deals. */
export const priceRules: readonly Rule[] = [limitRule, quoteRule, tradePriceRule]
