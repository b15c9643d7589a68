import { Big } from 'big.js'

/** A number as a decimal, also where it came as text; `undefined` where it is none. */
export function decimalOf(value: unknown): Big | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  try {
    return new Big(value)
  } catch {
    return undefined
  }
}
