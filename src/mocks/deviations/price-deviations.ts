import type { Deviation } from './deviation.ts'

/** Ways to get prices wrong. */
export const priceDeviations: readonly Deviation[] = []
