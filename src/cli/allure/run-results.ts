import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import type { AllureFile } from './attachments.ts'
import { Budget, pageRoom } from './caps.ts'
import { Identities } from './identity.ts'
import type { PageScenario, PageStory } from './page-story.ts'
import { runItself } from './run-itself.ts'
import { type ScenarioFiles, scenarioFiles } from './scenario-files.ts'

/** What of a run stands in a page, as Allure's standard results, and how much found no room. */
export interface RunResults {
  /** The order of the feature files, and what the run did of itself last. */
  readonly scenarios: readonly ScenarioFiles[]
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

/** Where results go whether or not a page has room for them. */
export interface ResultsFolder {
  write(files: readonly AllureFile[]): void
  remove(names: readonly string[]): void
}

/** What was made of a scenario before all of the run was known. */
export interface EarlyScenario {
  readonly identity: string
  /** For the page; absent where it was written only. */
  readonly made?: ScenarioFiles | undefined
}

/** What runs out of room last: whatever a reader has come for. */
const RANKS: Readonly<Record<ScenarioRecord['status'], number>> = {
  failed: 0,
  notVerified: 1,
  passed: 2,
}

interface ResultsOptions {
  readonly budget?: Budget
  readonly folder?: ResultsFolder
  /** Written to the folder already, and in what form; it counts where it is what would be made now. */
  readonly early?: ReadonlyMap<PageScenario, EarlyScenario>
  /** Whether what was made early is of this very run, as it is known now. Default: it is. */
  readonly isEarlyValid?: boolean
}

/** Makes the results of a run, one scenario at a time. */
export async function runResults(
  story: PageStory,
  { budget = new Budget(), folder, early = new Map(), isEarlyValid = true }: ResultsOptions = {},
): Promise<RunResults> {
  const all = identified(story, isEarlyValid ? early : new Map())
  if (folder) await removeOthers(story.run, all, early, folder)
  const ordered = all.toSorted(
    (one, other) => RANKS[one.scenario.status] - RANKS[other.scenario.status],
  )
  const failed = all.filter(({ scenario }) => scenario.status === 'failed').length
  const most = pageRoom(ordered.length, failed)
  const shown: { readonly at: number; readonly made: ScenarioFiles }[] = []
  for (const [rank, each] of ordered.entries()) {
    const made = rank < most ? await madeOf(story.run, each, budget) : undefined
    if (folder && !each.before) {
      folder.write((made?.leftOut === 0 ? made : await madeOf(story.run, each)).files)
    }
    if (made) shown.push({ at: each.at, made })
  }
  const scenarios = shown.toSorted((one, other) => one.at - other.at).map(({ made }) => made)
  return { scenarios, leftOut: leftOutOf(scenarios, all.length, failed) }
}

interface Identified {
  readonly scenario: PageScenario
  /** In the order of the feature files. */
  readonly at: number
  readonly identity: string
  /** What was made of it under this identity before. */
  readonly before: EarlyScenario | undefined
}

function identified(
  story: PageStory,
  early: NonNullable<ResultsOptions['early']>,
): readonly Identified[] {
  const identities = new Identities()
  return [...story.scenarios, ...runItself(story)].map((scenario, at) => {
    const identity = identities.next(scenario.words)
    const before = early.get(scenario)
    return { scenario, at, identity, before: before?.identity === identity ? before : undefined }
  })
}

/** What was made before, where the same would be made now. */
async function madeOf(
  run: RunFacts,
  { scenario, identity, before }: Identified,
  budget?: Budget,
): Promise<ScenarioFiles> {
  const known = before?.made
  if (known && budget?.retake(known.offers)) return known
  return scenarioFiles(run, scenario.whole(), identity, budget)
}

function leftOutOf(shown: readonly ScenarioFiles[], all: number, failed: number): LeftOut {
  const counts = shown.map(({ leftOut }) => leftOut)
  return {
    attachments: counts.reduce((sum, count) => sum + count, 0),
    scenarios: counts.filter((count) => count > 0).length,
    wholly: all - shown.length,
    failed: Math.max(0, failed - shown.length),
  }
}

/** What was written of a scenario under an identity that is another's now would stay beside that one's. */
async function removeOthers(
  run: RunFacts,
  all: readonly Identified[],
  early: NonNullable<ResultsOptions['early']>,
  folder: ResultsFolder,
): Promise<void> {
  for (const { scenario, before } of all) {
    const old = early.get(scenario)
    if (!old || before) continue
    const { files } = await scenarioFiles(run, scenario.whole(), old.identity)
    folder.remove(files.map(({ name }) => name))
  }
}
