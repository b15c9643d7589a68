import type { Deviation } from './deviation.ts'

/** Ways to get how long things take wrong. */
export const waitingDeviations: readonly Deviation[] = []
