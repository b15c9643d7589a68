import type { Rule } from './rule.ts'

/** How much of an order is dealt. */
export const sizeRules: readonly Rule[] = []
