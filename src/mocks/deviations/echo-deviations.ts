import type { Deviation } from './deviation.ts'

/** Ways to get what is repeated of a placing wrong. */
export const echoDeviations: readonly Deviation[] = []
