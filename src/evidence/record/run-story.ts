import type { RunRecord } from './run-record.ts'
import { headOf, type ScenarioHead } from './scenario-head.ts'

/** A run that has ended, as pages tell it, one scenario at a time: it may have very many. */
export interface RunStory extends Pick<RunRecord, 'run' | 'verdict' | 'own'> {
  /** In the order of the feature files. */
  readonly scenarios: readonly ScenarioHead[]
}

/** The story of a run that is at hand. */
export function storyOf({ scenarios, ...record }: RunRecord): RunStory {
  return { ...record, scenarios: scenarios.map(headOf) }
}
