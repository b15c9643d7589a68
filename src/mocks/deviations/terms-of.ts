import type { Fields } from './deviation.ts'

/** Whether an order buys the base currency, whichever it deals in. */
export function buysBase({ side, currency, symbol }: Fields): boolean {
  return (side === 'Buy') === String(symbol).startsWith(String(currency))
}

/** A price moved by so many points of 0.001 % or so, in the trader's favour or against it. */
export function moved(price: unknown, sent: Fields, towards: 'better' | 'worse'): number {
  const isUp = buysBase(sent) === (towards === 'worse')
  const digits = String(sent.symbol).endsWith('JPY') ? 3 : 5
  const step = 10 ** -digits
  return Number((Number(price) + (isUp ? step : -step)).toFixed(digits))
}
