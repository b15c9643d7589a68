import type { Big } from 'big.js'
import type { Matter } from '../../reading/matter.ts'
import { type Quote, quotesIn } from '../../reading/quotes.ts'
import type { Reading } from '../../reading/reading.ts'
import { buysBase, type Terms } from '../../reading/terms.ts'
import { isMore } from './amounts.ts'
import { priceStep, worstOnGrid } from './told-prices.ts'

/** The worst price, in term per base, at which an order may be dealt. */
export interface PriceBound {
  readonly price: Big
  /** What it may be told as, where prices are told in fewer decimals. */
  readonly rounded: Big
}

/** What was quoted to a PQ order, on its side. */
export interface Quoted {
  readonly side: 'bid' | 'offer'
  /** One; several only where the same rate was told otherwise later. */
  readonly prices: readonly Big[]
  readonly bound: PriceBound
  readonly reading: Reading
}

/**
 * The rate that a PQ order takes up, where it was told, for that pair, and for as much: of more than was
 * quoted it is not said at what price it may be dealt (setting 17).
 */
export function quoteFor(terms: Terms, { readings }: Matter): Quoted | undefined {
  if (terms.type !== 'PQ' || terms.rateId === undefined) return undefined
  const quotes = quotesIn(readings).filter(
    ({ rateId, symbol }) => rateId === terms.rateId && (symbol ?? terms.symbol) === terms.symbol,
  )
  const [first] = quotes
  if (!first || quotes.some((quote) => isOversize(terms, quote))) return undefined
  const side = sideOf(terms)
  const prices = quotes.map((quote) => quote[side])
  const price = prices.reduce((worst, each) => (isWorse(terms, each, worst) ? each : worst))
  return { side, prices, bound: { price, rounded: price }, reading: first.reading }
}

function sideOf(terms: Terms): Quoted['side'] {
  return buysBase(terms) ? 'offer' : 'bid'
}

/** In which currency the limit of a quote is, is not said. */
function isOversize(terms: Terms, quote: Quote): boolean {
  const side = sideOf(terms)
  const most = quote[`${side}Limit`]
  const inBase = terms.dealsBase ? terms.size : terms.size.div(quote[side])
  return most !== undefined && (terms.size.gt(most) || inBase.gt(most))
}

/** How far a limit order may go. */
export function limitFor(terms: Terms, matter: Matter): PriceBound | undefined {
  const { type, price } = terms
  if (type !== 'Limit' || !price) return undefined
  const rounded = worstOnGrid(price, priceStep(terms, price, matter), buysBase(terms))
  return { price, rounded }
}

/** Where something stands that can be beyond a bound: what may only be rounded shows nothing. */
export function standing(
  { price, rounded }: PriceBound,
  isBeyond: (price: Big) => boolean,
): 'held' | 'beyond' | undefined {
  if (!isBeyond(price)) return 'held'
  return isBeyond(rounded) ? 'beyond' : undefined
}

/** Whether one price is worse than another for whoever placed an order. */
export function isWorse(terms: Terms, one: Big, other: Big): boolean {
  return buysBase(terms) ? isMore(one, other) : isMore(other, one)
}

/** How far a limit order may go, in words. */
export function boundOf(terms: Terms, limit: Big): string {
  return `${buysBase(terms) ? 'at most' : 'at least'} ${limit.toFixed()}`
}

/** `1.1`, or `1.1 and 1.2`, each once. */
export function listed(prices: readonly Big[]): string {
  return [...new Set(prices.map((price) => price.toFixed()))].join(' and ')
}
