import type { Deviation } from './deviation.ts'

/** Ways to get the shapes of answers wrong. */
export const shapeDeviations: readonly Deviation[] = []
