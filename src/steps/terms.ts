import { Big } from 'big.js'
import type { Side } from '../api/contract/common.ts'
import type { TimeInForce } from '../api/contract/orders.ts'
import type { SpotRate } from '../api/contract/rates.ts'
import type { Agreed, Pricing } from '../backends/backend.ts'

/** How much to deal. */
export type Amount =
  | { readonly kind: 'small'; readonly of: 'base' | 'term' }
  /** As little as may be, of the base currency: for what should be refused. */
  | { readonly kind: 'smallest' }
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
  if (amount.kind === 'smallest') return { ...common, currency: base, size: agreed.minSize }
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
  return buysBase(fields) ? rate.offer : rate.bid
}

/** Whether the base currency is bought, whichever is the dealt one. */
export function buysBase({
  side,
  currency,
  symbol,
}: Pick<ReturnType<typeof dealtFields>, 'side' | 'currency' | 'symbol'>): boolean {
  return (side === 'Buy') === symbol.startsWith(currency)
}

/**
 * The limit price of an order, so many pips from the market. Where orders are real, one that is meant
 * to be filled reaches further through the market, and one that must not be stays further away.
 */
export function limitPrice(
  fields: ReturnType<typeof dealtFields>,
  rate: SpotRate,
  pipsFromMarket: number,
  pricing: Pricing,
): number {
  const market = marketPrice(fields, rate)
  if (pipsFromMarket === 0) return market
  const isThrough = pipsFromMarket > 0 === buysBase(fields)
  const direction = Math.sign(pipsFromMarket)
  const least = isThrough ? pricing.throughPips : pricing.awayPips
  const pips = direction * Math.max(Math.abs(pipsFromMarket), least)
  const price = movedBy(pips, market, rate.symbol)
  if (isThrough) return price
  const share = new Big(1).plus(new Big(pricing.awayFraction).times(direction))
  const away = new Big(market).times(share).round(decimalsOf(rate.symbol)).toNumber()
  return direction > 0 ? Math.max(price, away) : Math.min(price, away)
}

/** `price` moved by pips: hundredths of a yen, else hundredths of a hundredth. */
export function movedBy(pips: number, price: number, symbol: string): number {
  return new Big(10).pow(-decimalsOf(symbol)).times(pips).plus(price).toNumber()
}

/** Decimals of a pip. */
function decimalsOf(symbol: string): number {
  return symbol.endsWith('JPY') ? 2 : 4
}
