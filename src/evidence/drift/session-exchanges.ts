import type { Exchange } from '../exchange.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'
import { labelOf, THE_RUN_ITSELF } from '../verdict.ts'

/** The step that the sessions of a run are compared as. */
const STEP = 'sessions of the run'

/** How both runs opened sessions, and what that is called. */
export interface Sessions {
  readonly label: string
  readonly simulation: ScenarioEvidence
  readonly endpoint: ScenarioEvidence
}

/**
 * How the two runs opened and renewed sessions: on an endpoint that is the run's own doing, and in a
 * simulation that of each scenario, the first of which stands for all.
 *
 * @returns Nothing where a run opened none of its own, or none at all.
 */
export function sessionsOf(simulation: RunRecord, endpoint: RunRecord): Sessions | undefined {
  const there = endpoint.own && sessionsIn(endpoint.own)
  const wanted = new Set(there?.exchanges.map(({ operation }) => operation))
  if (!there || wanted.size === 0) return undefined
  for (const isWhole of [true, false]) {
    for (const scenario of simulation.scenarios) {
      const here = scenario.evidence && sessionsIn(scenario.evidence)
      const told = new Set(here?.exchanges.map(({ operation }) => operation))
      if (!here || told.size < (isWhole ? wanted.size : 1)) continue
      const label = `${THE_RUN_ITSELF}, against ${labelOf(scenario)}`
      return { label, simulation: here, endpoint: there }
    }
  }
  return undefined
}

function sessionsIn(evidence: ScenarioEvidence): ScenarioEvidence {
  const exchanges = evidence.exchanges
    .filter(opensSession)
    .map((exchange): Exchange => ({ ...exchange, step: STEP }))
  return { ...evidence, exchanges }
}

/** A login or a renewal that brought something. */
function opensSession({ operation, response, sharedFrom }: Exchange): boolean {
  const isSession = operation === 'login' || operation === 'renew'
  return isSession && sharedFrom === undefined && response?.status === 200
}
