import { setFlagsFromString } from 'node:v8'

/** Scenarios of a run from which on memory is worth more than time. */
const VERY_MANY = 1_000
/** How much the heap may grow, in percent of what lived in it, before it is collected; V8 allows up to 300. */
const GROWTH_PERCENT = 30

/**
 * How many times as large the young heap gets when it grows, which V8 asks for each time. By itself it grows to 134 MB
 * (2 × 64 MiB) while very many features are read, and stays so.
 */
const YOUNG_GROWTH = { none: 1, usual: 2 } as const

/** Holds the young heap at its size until it is known how many scenarios there are. */
export function holdYoungHeap(): void {
  growYoungHeap('none')
}

/**
 * Keeps the memory of a long run near what lives in it: left alone, V8 lets a heap grow to several times that.
 * Shorter runs are as fast as they would be.
 */
export function keepHeapSmall(scenarios: number): void {
  if (scenarios > VERY_MANY) setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
  else growYoungHeap('usual')
}

function growYoungHeap(growth: keyof typeof YOUNG_GROWTH): void {
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH[growth]}`)
}
