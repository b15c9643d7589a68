import type { Deviation } from './deviation.ts'

/** Ways to get rates wrong. */
export const rateDeviations: readonly Deviation[] = []
