import { Big } from 'big.js'
import { codeOf } from '../backends/playing/client-event.ts'
import type { ToldOrder } from '../backends/playing/told-order.ts'
import { buysBase } from './terms.ts'

/** Whether a client was told that an order has become so; `undefined` while that may still come. */
export function becomes(order: ToldOrder | undefined, expected: string): boolean | undefined {
  if (order === undefined || order.isRefused) return false
  if (order.status === expected) return true
  return order.isFinal ? false : undefined
}

/** Whether a client was told that an order is FILLED; `undefined` while that may still come. */
export function isFilled(order: ToldOrder | undefined): boolean | undefined {
  return becomes(order, 'FILLED')
}

/** With which code the last placing of an order was refused; below 400 where it was not. */
export function refusalCode(order: ToldOrder | undefined): number {
  const last = order?.placings.at(-1)
  return last === undefined ? 0 : codeOf(last)
}

/** How much better than its price an order was dealt, as told, in units of price; `NaN` unknown. */
export function gain(order: ToldOrder | undefined): number {
  const { side, currency, symbol, price } = order?.sent ?? {}
  const averagePrice = order?.view?.averagePrice
  if (typeof price !== 'number' || averagePrice === undefined) return Number.NaN
  const better = new Big(price).minus(averagePrice).toNumber()
  return buysBase({
    side: side === 'Sell' ? 'Sell' : 'Buy',
    currency: `${currency}`,
    symbol: `${symbol}`,
  })
    ? better
    : -better
}
