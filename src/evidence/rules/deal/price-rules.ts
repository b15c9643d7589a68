import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder } from '../../reading/own-orders.ts'
import { type Terms, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { boundOf, isWorse, limitFor, listed, quoteFor, standing } from './price-bounds.ts'
import { pricesOf } from './told-prices.ts'
import { tradePriceRule } from './trade-price-rule.ts'

const limitRule: Rule = {
  id: 'price.limit-or-better',
  family: 'Price and size',
  sentence:
    'A limit order in the base currency deals at its limit or better: buying not above it, selling not below.',
  source: { section: '5', mark: 'seed' },
  code: 'beyond-limit',
  check: (matter) =>
    resultOf(matter.orders.flatMap((order) => limitSights(order, termsIn(order, true), matter))),
}

/** That whoever buys the term currency sells the base is not said. */
const termLimitRule: Rule = {
  id: 'price.limit-or-better-term',
  family: 'Price and size',
  sentence:
    'A limit order in the term currency deals at its limit or better: buying not below it, selling not above.',
  source: { section: '5', mark: 'inferred' },
  code: 'beyond-limit',
  check: (matter) =>
    resultOf(matter.orders.flatMap((order) => limitSights(order, termsIn(order, false), matter))),
}

function termsIn(order: OwnOrder, dealsBase: boolean): Terms | undefined {
  const terms = termsOf(order)
  return terms?.dealsBase === dealsBase ? terms : undefined
}

function limitSights(order: OwnOrder, terms: Terms | undefined, matter: Matter): Sight[] {
  const bound = terms && limitFor(terms, matter)
  if (!terms || !bound) return []
  return pricesOf(order).map(({ field, told, reading }) => {
    const stands = standing(bound, (price) => isWorse(terms, told, price))
    if (stands !== 'beyond') return stands
    return {
      orderId: order.orderId,
      detail: `${field} ${told.toFixed()}, allowed is ${boundOf(terms, bound.price)}`,
      exchanges: [...new Set([terms.seenIn.number, reading.number])],
    }
  })
}

const quoteRule: Rule = {
  id: 'price.pq-at-quote',
  family: 'Price and size',
  sentence:
    'A previously quoted order deals at its rate or better: buying the base currency not above the offer, selling not below the bid.',
  source: { section: '5', mark: 'inferred' },
  code: 'off-quote',
  check: (matter) =>
    resultOf(matter.orders.flatMap((order) => quoteSights(order, termsOf(order), matter))),
}

/** Only where the rate is known: at another price than the one sent it may be dealt (setting 16). */
function quoteSights(order: OwnOrder, terms: Terms | undefined, matter: Matter): Sight[] {
  const quoted = terms && quoteFor(terms, matter)
  if (!terms || !quoted) return []
  const { side, prices, bound } = quoted
  return pricesOf(order).map(({ field, told, reading }) => {
    if (!isWorse(terms, told, bound.price)) return 'held'
    return {
      orderId: order.orderId,
      detail: `${field} ${told.toFixed()}, though the ${side} was quoted at ${listed(prices)}`,
      exchanges: [quoted.reading.number, ...new Set([terms.seenIn.number, reading.number])],
    }
  })
}

/** At what price an order deals. */
export const priceRules: readonly Rule[] = [limitRule, termLimitRule, quoteRule, tradePriceRule]
