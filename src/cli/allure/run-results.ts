import type { RunStory } from '../../evidence/record/run-story.ts'
import { headOf, type ScenarioHead } from '../../evidence/record/scenario-head.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { type AllureFile, Attachments } from './attachments.ts'
import { Budget, pageRoom } from './caps.ts'
import { identitiesOf } from './identity.ts'
import { runItself } from './run-itself.ts'
import { scenarioResult } from './scenario-result.ts'

/** What of a run stands in a page, as Allure's standard results, and how much found no room. */
export interface RunResults {
  readonly files: readonly AllureFile[]
  readonly leftOut: LeftOut
}

export interface LeftOut {
  /** How many attachments, of how many scenarios. */
  readonly attachments: number
  readonly scenarios: number
  /** How many scenarios as a whole, and how many of these failed. */
  readonly wholly: number
  readonly failed: number
}

/** Takes all results of a scenario, whether or not a page has room for them. */
export type ResultWriter = (files: readonly AllureFile[]) => Promise<void>

/** What runs out of room last: whatever a reader has come for. */
const RANKS: Readonly<Record<ScenarioRecord['status'], number>> = {
  failed: 0,
  notVerified: 1,
  passed: 2,
}

/**
 * Makes the results of a run, one scenario at a time. Those of its page come in the order of the feature
 * files, what it did of itself last.
 *
 * @param write - Told of everything.
 */
export async function runResults(
  story: RunStory,
  {
    budget = new Budget(),
    write,
  }: { readonly budget?: Budget; readonly write?: ResultWriter } = {},
): Promise<RunResults> {
  const scenarios = [...story.scenarios, ...runItself(story).map(headOf)]
  const identities = identitiesOf(scenarios)
  const ordered = scenarios
    .map((scenario, at) => ({ scenario, at }))
    .sort((one, other) => RANKS[one.scenario.status] - RANKS[other.scenario.status])
  const failed = scenarios.filter(({ status }) => status === 'failed').length
  const most = pageRoom(ordered.length, failed)
  const shown: { readonly at: number; readonly made: ScenarioFiles }[] = []
  for (const [rank, { scenario, at }] of ordered.entries()) {
    const identity = identities[at] ?? String(at)
    const isShown = rank < most
    if (!isShown && !write) continue
    const made = isShown ? await filesOf(story, scenario, identity, budget) : undefined
    const whole = made?.leftOut === 0 || !write ? made : await filesOf(story, scenario, identity)
    const writing: Promise<void> | undefined = whole && write?.(whole.files)
    await writing
    if (made) shown.push({ at, made })
  }
  const counts = shown.map(({ made }) => made.leftOut)
  return {
    files: shown.sort((one, other) => one.at - other.at).flatMap(({ made }) => made.files),
    leftOut: {
      attachments: counts.reduce((sum, count) => sum + count, 0),
      scenarios: counts.filter((count) => count > 0).length,
      wholly: ordered.length - shown.length,
      failed: Math.max(0, failed - shown.length),
    },
  }
}

interface ScenarioFiles {
  readonly files: readonly AllureFile[]
  /** How many attachments found no room. */
  readonly leftOut: number
}

/** @param budget - Without it there is room for everything. */
async function filesOf(
  { run }: RunStory,
  scenario: ScenarioHead,
  identity: string,
  budget: Budget = new Budget(Number.POSITIVE_INFINITY),
): Promise<ScenarioFiles> {
  const attachments = new Attachments(`${run.id} ${identity}`, budget)
  const result = await scenarioResult(run, scenario.whole(), identity, attachments)
  const file = { name: `${result.uuid}-result.json`, content: JSON.stringify(result) }
  return { files: [file, ...attachments.files], leftOut: attachments.leftOut }
}
