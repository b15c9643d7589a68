import type { FeatureText } from '../../evidence/bundle/digests.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'

/** Of a run that goes on where another was broken off, or is one of many: what it needs to know of the whole. */
export interface PartOfRun {
  /** The scenarios that have ended already, as verdicts name them. */
  readonly ended: readonly string[]
  /** Whether it is one of many: pages are made of it only where something was found, or nothing judged. */
  readonly isRound?: boolean
  /** How many orders its parts have placed before: the cap on orders is one of the run. */
  readonly placed?: number
  /** The directory of the whole: there lies the journal of all parts. */
  readonly whole: string
  /**
   * Called before anything is written or sent.
   *
   * @throws {UsageError} The part would not be one of the same run.
   */
  begin(facts: RunFacts, features: readonly FeatureText[]): void
}
