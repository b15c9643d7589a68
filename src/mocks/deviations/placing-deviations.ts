import type { Deviation } from './deviation.ts'

/** Ways to get placings and what is refused wrong. */
export const placingDeviations: readonly Deviation[] = []
