import type { TestResult } from 'allure-js-commons'
import type { RunStory } from '../../evidence/record/run-story.ts'
import { headOf } from '../../evidence/record/scenario-head.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { type AllureFile, Attachments } from './attachments.ts'
import { Budget } from './caps.ts'
import { identitiesOf } from './identity.ts'
import { runItself } from './run-itself.ts'
import { scenarioResult } from './scenario-result.ts'

/** A run as Allure's standard results, and how much found no room in them. */
export interface RunResults {
  readonly files: readonly AllureFile[]
  /** How many attachments, of how many scenarios. */
  readonly leftOut: { readonly attachments: number; readonly scenarios: number }
}

/** What runs out of room last: whatever a reader has come for. */
const RANKS: Readonly<Record<ScenarioRecord['status'], number>> = {
  failed: 0,
  notVerified: 1,
  passed: 2,
}

/** Makes the results of a run, in the order of the feature files, what it did of itself last. */
export async function runResults(
  story: RunStory,
  budget: Budget = new Budget(),
): Promise<RunResults> {
  const scenarios = [...story.scenarios, ...runItself(story).map(headOf)]
  const identities = identitiesOf(scenarios)
  const ordered = scenarios
    .map((scenario, at) => ({ scenario, at }))
    .sort((one, other) => RANKS[one.scenario.status] - RANKS[other.scenario.status])
  const made: { readonly result: TestResult; readonly attachments: Attachments }[] = []
  for (const { scenario, at } of ordered) {
    const identity = identities[at] ?? String(at)
    const attachments = new Attachments(`${story.run.id} ${identity}`, budget)
    const result = await scenarioResult(story.run, scenario.whole(), identity, attachments)
    made[at] = { result, attachments }
  }
  const counts = made.map(({ attachments }) => attachments.leftOut)
  return {
    files: made.flatMap(({ result, attachments }) => [
      { name: `${result.uuid}-result.json`, content: JSON.stringify(result) },
      ...attachments.files,
    ]),
    leftOut: {
      attachments: counts.reduce((sum, count) => sum + count, 0),
      scenarios: counts.filter((count) => count > 0).length,
    },
  }
}
