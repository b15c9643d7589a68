import type { Deviation } from './deviation.ts'

/** Ways to get which order an answer is about wrong. */
export const identityDeviations: readonly Deviation[] = []
