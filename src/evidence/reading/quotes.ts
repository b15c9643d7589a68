import type { Big } from 'big.js'
import { decimalOf } from './decimal.ts'
import { elementsOf, type Fields, idOf, isFields, type Reading } from './reading.ts'

/** A rate that an answer told: bid and offer, and what they are good for where that was told. */
export interface Quote {
  readonly reading: Reading
  readonly symbol: string | undefined
  readonly rateId: string | undefined
  readonly bid: Big
  readonly offer: Big
  readonly bidLimit: Big | undefined
  readonly offerLimit: Big | undefined
}

/**
 * Every spot rate, and every rate of a market data set whose bid and offer are called so: the fields
 * inside one are not documented (setting 45).
 */
export function quotesIn(readings: readonly Reading[]): readonly Quote[] {
  return readings.flatMap((reading) => {
    const { operation, isSuccess, body } = reading
    if (!isSuccess) return []
    if (operation === 'spotRate') return elementsOf(body).flatMap((each) => quoteOf(each, reading))
    if (operation !== 'marketDataSet') return []
    return elementsOf(body).flatMap(({ rates }) =>
      Array.isArray(rates) ? rates.filter(isFields).flatMap((each) => quoteOf(each, reading)) : [],
    )
  })
}

function quoteOf(fields: Fields, reading: Reading): Quote[] {
  const [bid, offer] = [decimalOf(fields.bid), decimalOf(fields.offer)]
  if (!bid?.gt(0) || !offer?.gt(0)) return []
  return [
    {
      reading,
      symbol: typeof fields.symbol === 'string' ? fields.symbol : undefined,
      rateId: idOf(fields.rateId),
      bid,
      offer,
      bidLimit: decimalOf(fields.bidLimit),
      offerLimit: decimalOf(fields.offerLimit),
    },
  ]
}
