import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Delivery } from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import { buysBase, type Terms, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isMore, isOther, priceOf, settledAt, settledCurrency, unitOf } from './amounts.ts'
import { boundOf, listed, quoteFor } from './price-bounds.ts'

/** What the price of a trade may be called; the page could not be read so far (setting 39). */
const RATE_FIELDS = ['spotRate', 'rate'] as const

export const tradePriceRule: Rule = {
  id: 'price.trade',
  family: 'Price and size',
  sentence:
    'The trade of a limit order is at its limit or better, that of a previously quoted order at its rate.',
  source: { section: '5', mark: 'inferred' },
  code: 'trade-off-price',
  check: (matter) =>
    resultOf(
      matter.deliveries.flatMap((delivery) => {
        const order = matter.orders.find(({ orderId }) => orderId === delivery.orderId)
        const terms = order && termsOf(order)
        return terms ? sightsOf(delivery, terms, matter) : []
      }),
    ),
}

/** The prices that a spot trade tells; of others they are made up of more than one. */
export function ratesIn({ fields }: Delivery): readonly { name: string; rate: Big }[] {
  if (fields.tradeType !== undefined && fields.tradeType !== 'Spot') return []
  return RATE_FIELDS.flatMap((name) => {
    const rate = priceOf(fields[name])
    return rate?.gt(0) ? [{ name, rate }] : []
  })
}

function sightsOf(delivery: Delivery, terms: Terms, matter: Matter): Sight[] {
  const bound = boundsOf(terms, matter)
  if (!bound) return []
  const { orderId, tradeId, fields, reading } = delivery
  const breach = (detail: string): Sight => ({
    orderId,
    detail: `trade ${tradeId}: ${detail}, ${bound.text}`,
    exchanges: [...new Set([...bound.seenIn, reading.number])],
  })
  const rates = ratesIn(delivery)
  if (rates.length > 0) {
    return rates.map(({ name, rate }) =>
      bound.allows(rate) ? 'held' : breach(`${name} ${rate.toFixed()}`),
    )
  }
  const [dealt, settled] = [decimalOf(fields.dealtAmount), decimalOf(fields.settledAmount)]
  if (!dealt?.gt(0) || !settled || fields.tradeType !== 'Spot') return []
  if (bound.settles(dealt, settled)) return ['held']
  return [breach(`dealt ${dealt.toFixed()} for ${settled.toFixed()}`)]
}

interface PriceBounds {
  readonly text: string
  readonly seenIn: readonly number[]
  allows(price: Big): boolean
  /** Whether the amounts of a trade can be of such a price. */
  settles(dealt: Big, settled: Big): boolean
}

function boundsOf(terms: Terms, matter: Matter): PriceBounds | undefined {
  const unit = unitOf(settledCurrency(terms))
  const quoted = quoteFor(terms, matter)
  if (quoted) {
    const { prices, side, reading } = quoted
    return {
      text: `though the ${side} was quoted at ${listed(prices)}`,
      seenIn: [reading.number, terms.seenIn.number],
      allows: (price) => prices.some((each) => !isOther(price, each)),
      settles: (dealt, settled) =>
        prices.some((each) => !isOther(settled, settledAt(terms, dealt, each), unit)),
    }
  }
  const limit = terms.type === 'Limit' ? terms.price : undefined
  if (!limit) return undefined
  return {
    text: `allowed is ${boundOf(terms, limit)}`,
    seenIn: [terms.seenIn.number],
    allows: (price) => !(buysBase(terms) ? isMore(price, limit) : isMore(limit, price)),
    // Whoever buys the dealt currency gives at most what it is worth at the limit, in whichever currency.
    settles: (dealt, settled) => {
      const most = settledAt(terms, dealt, limit)
      return !(terms.side === 'Buy' ? isMore(settled, most, unit) : isMore(most, settled, unit))
    },
  }
}
