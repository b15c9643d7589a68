import type { Source } from '../../api/contract/common.ts'
import type { Finding } from '../finding.ts'
import type { Matter } from '../reading/matter.ts'

/** What a rule is about; the summary has a line for each. */
export const RULE_FAMILIES = [
  'HTTP',
  'Shapes',
  'Sessions',
  'Rates',
  'Placing',
  'Echo',
  'Identity',
  'Price and size',
  'Cancel',
  'Trades',
  'Waiting',
] as const
export type RuleFamily = (typeof RULE_FAMILIES)[number]

/** How much a rule weighs: documented is *must*, inferred is *should*. Breaking either is a finding. */
export type Severity = 'must' | 'should'

/** @see Fact sheet, "How to read the marks". */
export function severityOf({ mark }: Source): Severity {
  return mark === 'seed' || mark === 'reference' ? 'must' : 'should'
}

/** One place where a rule is broken. */
export type Breach = Pick<Finding, 'orderId' | 'detail' | 'exchanges'>

/** What an exchange, an order or a trade says about a rule; nothing where the rule does not apply. */
export type Sight = 'held' | Breach | undefined

/** What a transcript says about a rule. */
export interface RuleResult {
  /** Whether it was seen to hold somewhere. Without that it is not verified. */
  readonly held: boolean
  readonly breaches: readonly Breach[]
}

/**
 * A documented rule, judged on exchanges alone: on what was sent and what came back, never on what
 * the scenario meant to do.
 */
export interface Rule {
  /** e.g. `http.place-order`; stable, scripts rely on it. */
  readonly id: string
  readonly family: RuleFamily
  /** What is promised, in one sentence. */
  readonly sentence: string
  readonly source: Source
  /** The code of a finding against it. */
  readonly code: string
  check(matter: Matter): RuleResult
}

/** Puts together what a rule was seen to do. The same breach in many exchanges is told once. */
export function resultOf(sights: readonly Sight[]): RuleResult {
  const breaches = new Map<string, Breach>()
  for (const sight of sights) {
    if (sight === undefined || sight === 'held') continue
    const key = JSON.stringify([sight.orderId, sight.detail])
    if (!breaches.has(key)) breaches.set(key, sight)
  }
  return { held: sights.includes('held'), breaches: [...breaches.values()] }
}
