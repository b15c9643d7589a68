import type { Rule } from './rule.ts'

/** What a cancellation does. */
export const cancelRules: readonly Rule[] = []
