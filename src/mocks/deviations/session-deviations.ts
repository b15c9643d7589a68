import type { Deviation } from './deviation.ts'

/** Ways to get sessions wrong. */
export const sessionDeviations: readonly Deviation[] = []
