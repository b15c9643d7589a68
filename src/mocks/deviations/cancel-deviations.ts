import type { Deviation } from './deviation.ts'

/** Ways to get cancellations wrong. */
export const cancelDeviations: readonly Deviation[] = []
