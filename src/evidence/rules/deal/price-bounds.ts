import type { Big } from 'big.js'
import type { Matter } from '../../reading/matter.ts'
import { quotesIn } from '../../reading/quotes.ts'
import type { Reading } from '../../reading/reading.ts'
import { buysBase, type Terms } from '../../reading/terms.ts'

/** What was quoted to a PQ order, on its side. */
export interface Quoted {
  readonly side: 'bid' | 'offer'
  /** One; several only where the same rate was told otherwise later. */
  readonly prices: readonly Big[]
  readonly reading: Reading
}

/** The rate that a PQ order takes up, where it was told, and for that pair. */
export function quoteFor(terms: Terms, { readings }: Matter): Quoted | undefined {
  if (terms.type !== 'PQ' || terms.rateId === undefined) return undefined
  const quotes = quotesIn(readings).filter(
    ({ rateId, symbol }) => rateId === terms.rateId && (symbol ?? terms.symbol) === terms.symbol,
  )
  const [first] = quotes
  if (!first) return undefined
  const side = buysBase(terms) ? 'offer' : 'bid'
  return { side, prices: quotes.map((quote) => quote[side]), reading: first.reading }
}

/** How far a limit order may go, in words. */
export function boundOf(terms: Terms, limit: Big): string {
  return `${buysBase(terms) ? 'at most' : 'at least'} ${limit.toFixed()}`
}

/** `1.1`, or `1.1 and 1.2`, each once. */
export function listed(prices: readonly Big[]): string {
  return [...new Set(prices.map((price) => price.toFixed()))].join(' and ')
}
