import type { Deviation } from './deviation.ts'

/** Ways to get trades wrong. */
export const tradeDeviations: readonly Deviation[] = []
