import type { Deviation } from './deviation.ts'

/** Ways to get amounts wrong. */
export const sizeDeviations: readonly Deviation[] = []
