import type { Deviation } from './deviation.ts'

/** Ways to get the HTTP side of answers wrong. */
export const httpDeviations: readonly Deviation[] = []
