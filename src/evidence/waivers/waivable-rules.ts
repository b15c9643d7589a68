import { driftRuleIds } from '../drift/drift-rules.ts'
import { catalogue } from '../rules/catalogue.ts'

/** Ids of all that a waiver can be about: documented rules, and what runs are compared by. */
export const waivableRules: readonly string[] = [...catalogue.map(({ id }) => id), ...driftRuleIds]

/**
 * Whether a waiver can be about this: a rule, or one difference between two runs, by its id, e.g.
 * `drift.fields/queryOrder NEW lastPrice`.
 */
export function isWaivable(rule: string): boolean {
  return waivableRules.includes(rule) || driftRuleIds.some((id) => rule.startsWith(`${id}/`))
}
