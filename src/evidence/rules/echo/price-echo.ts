import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Fields } from '../../reading/reading.ts'
import { decimalsOf } from '../deal/amounts.ts'

/** Decimals of a tenth of a pip: no answer may tell a price of the pair with fewer. */
function decimalsOfTick({ symbol }: Fields): number {
  return String(symbol).endsWith('/JPY') ? 3 : 5
}

/**
 * Whether a price is what was sent, or that rounded up or down to the decimals that the answer has. How
 * precise prices are is setting 49: they may be rounded to the tick of the pair.
 */
export function isSamePrice(one: unknown, other: unknown, sent: Fields): boolean {
  const [first, second] = [decimalOf(one), decimalOf(other)]
  if (first === undefined || second === undefined) return one === other
  return first.eq(second) || first.minus(second).abs().lt(stepOf(second, sent))
}

function stepOf(price: Big, sent: Fields): string {
  return `1e-${Math.max(decimalsOfTick(sent), decimalsOf(price))}`
}
