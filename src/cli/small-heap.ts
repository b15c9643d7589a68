import { setFlagsFromString } from 'node:v8'

/** Scenarios of a run from which on memory is worth more than time. */
const VERY_MANY = 1_000
/** How much the heap may grow, in percent of what lived in it, before it is collected; V8 allows up to 300. */
const GROWTH_PERCENT = 30

/**
 * Keeps the memory of a long run near what lives in it: left alone, V8 lets a heap grow to several times that.
 * Shorter runs stay as fast as they are.
 */
export function keepHeapSmall(scenarios: number): void {
  if (scenarios > VERY_MANY) setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
}
