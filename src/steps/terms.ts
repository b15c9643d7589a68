import { Big } from 'big.js'
import type { Side } from '../api/contract/common.ts'
import type { TimeInForce } from '../api/contract/orders.ts'
import type { SpotRate } from '../api/contract/rates.ts'

/** How much to deal. */
export type Amount =
  | { readonly kind: 'small'; readonly of: 'base' | 'term' }
  /** More than a rate is good for. */
  | { readonly kind: 'above the limit' }

/** A price relative to the market; pips below are negative. */
export interface RelativePrice {
  readonly pipsFromMarket: number
}

/** How long an order may wait. `seconds` with GTT only. */
export interface Life {
  readonly timeInForce: TimeInForce
  readonly seconds?: number
}

/** What a scenario trades when it names neither pair nor amount. */
export interface Agreed {
  readonly symbol: string
  readonly smallSize: number
}

/** Sizes in the term currency are rounded to this. */
const ROUND_TERM = 1_000

/** The fields of an order that say what is dealt, at a market of `rate`. */
export function dealtFields(side: Side, amount: Amount, rate: SpotRate, agreed: Agreed) {
  const [base = '', term = ''] = rate.symbol.split('/')
  const common = { side, symbol: rate.symbol }
  if (amount.kind === 'above the limit') {
    const size = 2 * Math.max(rate.bidLimit, rate.offerLimit)
    return { ...common, currency: base, size }
  }
  if (amount.of === 'base') return { ...common, currency: base, size: agreed.smallSize }
  const worth = new Big(agreed.smallSize).times(rate.bid).div(ROUND_TERM).round().times(ROUND_TERM)
  return { ...common, currency: term, size: Math.max(ROUND_TERM, worth.toNumber()) }
}

/**
 * The price that this side deals at: buying the base currency lifts the offer, selling it hits the
 * bid; dealt in the term currency it is the other way round.
 *
 * @see Fact sheet 5 [first half reference, second inferred].
 */
export function marketPrice(fields: ReturnType<typeof dealtFields>, rate: SpotRate): number {
  const dealsBase = rate.symbol.startsWith(fields.currency)
  return (fields.side === 'Buy') === dealsBase ? rate.offer : rate.bid
}

/** `price` moved by pips: hundredths of a yen, else hundredths of a hundredth. */
export function movedBy(pips: number, price: number, symbol: string): number {
  const pip = symbol.endsWith('JPY') ? '0.01' : '0.0001'
  return new Big(pip).times(pips).plus(price).toNumber()
}
