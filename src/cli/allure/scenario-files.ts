import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { type AllureFile, Attachments } from './attachments.ts'
import { Budget, type Offer } from './caps.ts'
import { scenarioResult } from './scenario-result.ts'

/** A scenario as Allure's standard results. */
export interface ScenarioFiles {
  readonly files: readonly AllureFile[]
  /** What became of each attachment. */
  readonly offers: readonly Offer[]
  /** How many of them found no room. */
  readonly leftOut: number
}

/** @param budget - Without it there is room for everything. */
export async function scenarioFiles(
  run: RunFacts,
  scenario: ScenarioRecord,
  identity: string,
  budget: Budget = new Budget(Number.POSITIVE_INFINITY),
): Promise<ScenarioFiles> {
  const attachments = new Attachments(`${run.id} ${identity}`, budget)
  const result = await scenarioResult(run, scenario, identity, attachments)
  const file = { name: `${result.uuid}-result.json`, content: JSON.stringify(result) }
  const { offers, leftOut } = attachments
  // What refers to others comes last: whoever breaks off leaves nothing that refers to what is not there.
  return { files: [...attachments.files, file], offers, leftOut }
}
