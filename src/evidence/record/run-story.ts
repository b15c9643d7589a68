import type { RunRecord } from './run-record.ts'
import type { ScenarioHead } from './scenario-head.ts'

/** A run that has ended, as pages tell it, one scenario at a time: it may have very many. */
export interface RunStory extends Pick<RunRecord, 'run' | 'verdict' | 'own'> {
  /** In the order of the feature files. */
  readonly scenarios: readonly ScenarioHead[]
}
