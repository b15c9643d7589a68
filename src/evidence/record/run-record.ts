import type { ScenarioEvidence } from '../scenario-evidence.ts'
import type { Verdict } from '../verdict.ts'
import type { RunFacts } from './run-facts.ts'
import type { ScenarioRecord } from './scenario-record.ts'

/** A run that has ended, read back from its evidence: what every report is made of. */
export interface RunRecord {
  readonly run: RunFacts
  readonly verdict: Verdict
  /** In the order of the feature files. */
  readonly scenarios: readonly ScenarioRecord[]
  /** What the run did of itself: login, preflight, clean-up; absent on a simulation. */
  readonly own?: ScenarioEvidence
}
