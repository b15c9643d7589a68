import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Delivery } from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import { type Terms, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isMore, priceOf, settledAt, settledCurrency, unitOf } from './amounts.ts'
import {
  boundOf,
  isWorse,
  limitFor,
  listed,
  type PriceBound,
  quoteFor,
  standing,
} from './price-bounds.ts'

/** What the price of a trade may be called; the page could not be read so far (setting 39). */
const RATE_FIELDS = ['spotRate', 'rate'] as const

export const tradePriceRule: Rule = {
  id: 'price.trade',
  family: 'Price and size',
  sentence:
    'The trade of a limit order is at its limit or better, that of a previously quoted order at its rate or better.',
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
  const bound = boundFor(terms, matter)
  if (!bound) return []
  const { orderId, tradeId, fields, reading } = delivery
  const breach = (detail: string): Sight => ({
    orderId,
    detail: `trade ${tradeId}: ${detail}, ${bound.text}`,
    exchanges: [...new Set([...bound.seenIn, reading.number])],
  })
  const rates = ratesIn(delivery)
  if (rates.length > 0) {
    return rates.map(({ name, rate }) => {
      const stands = standing(bound, (price) => isWorse(terms, rate, price))
      return stands === 'beyond' ? breach(`${name} ${rate.toFixed()}`) : stands
    })
  }
  const [dealt, settled] = [decimalOf(fields.dealtAmount), decimalOf(fields.settledAmount)]
  if (!dealt?.gt(0) || !settled || fields.tradeType !== 'Spot') return []
  const stands = standing(bound, (price) => settlesWorse(terms, dealt, settled, price))
  return [
    stands === 'beyond' ? breach(`dealt ${dealt.toFixed()} for ${settled.toFixed()}`) : stands,
  ]
}

/** Whoever buys the dealt currency gives at most what it is worth at the price, in whichever currency. */
function settlesWorse(terms: Terms, dealt: Big, settled: Big, price: Big): boolean {
  const unit = unitOf(settledCurrency(terms))
  const most = settledAt(terms, dealt, price)
  return terms.side === 'Buy' ? isMore(settled, most, unit) : isMore(most, settled, unit)
}

interface TradeBound extends PriceBound {
  readonly text: string
  readonly seenIn: readonly number[]
}

function boundFor(terms: Terms, matter: Matter): TradeBound | undefined {
  const quoted = quoteFor(terms, matter)
  if (quoted) {
    const { prices, side, reading } = quoted
    return {
      ...quoted.bound,
      text: `though the ${side} was quoted at ${listed(prices)}`,
      seenIn: [reading.number, terms.seenIn.number],
    }
  }
  const limit = limitFor(terms, matter)
  return (
    limit && {
      ...limit,
      text: `allowed is ${boundOf(terms, limit.price)}`,
      seenIn: [terms.seenIn.number],
    }
  )
}
