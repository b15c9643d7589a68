import type { Rule } from './rule.ts'

/** What a session is, and what there is without one. */
export const sessionRules: readonly Rule[] = []
