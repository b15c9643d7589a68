import type { Rule } from './rule.ts'

/** At what price an order deals. */
export const priceRules: readonly Rule[] = []
