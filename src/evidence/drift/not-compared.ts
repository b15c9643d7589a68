import type { RunFacts } from '../record/run-facts.ts'
import { isSilent, type ScenarioRecord } from '../record/scenario-record.ts'

/** Why a scenario cannot be compared; nothing where it can. */
export function whyNotCompared(
  here: ScenarioRecord | undefined,
  there: ScenarioRecord | undefined,
  simulation: RunFacts,
  endpoint: RunFacts,
): string | undefined {
  return whyNot(there, endpoint) ?? whyNot(here, simulation)
}

function whyNot(scenario: ScenarioRecord | undefined, run: RunFacts): string | undefined {
  const where = `on ${run.target}`
  if (!scenario) {
    const chosen = run.selection.length > 0 ? `, which ran ${run.selection.join(' ')}` : ''
    return `it was not in the run ${where}${chosen}`
  }
  if (scenario.status === 'notVerified')
    return `not verified ${where}: ${scenario.evidence?.notVerified ?? scenario.notVerified ?? 'no reason was given'}`
  return isSilent(scenario) ? `it exchanged nothing ${where}` : undefined
}
