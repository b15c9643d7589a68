import type { Finding } from '../../evidence/finding.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { inFileOrder, THE_RUN_ITSELF } from '../../evidence/verdict.ts'
import { wordsOf } from './identity.ts'

/** A scenario as far as it takes to find its place in a page: a run may have very many. */
export interface PageScenario extends Pick<ScenarioRecord, 'uri' | 'line' | 'status'> {
  /** What it says; scenarios of the same words are numbered. */
  readonly words: string
  /** All of it, read back from where it was written. */
  whole(): ScenarioRecord
}

/** What a page tells of a run. */
export interface PageStory {
  readonly run: RunFacts
  /** In the order of the feature files. */
  readonly scenarios: readonly PageScenario[]
  /** What the steps of all of them say. */
  readonly steps: ReadonlySet<string>
  /** What the run did of itself; absent on a simulation. */
  readonly own?: ScenarioEvidence | undefined
  /** Findings that no scenario made. */
  readonly findings: readonly Finding[]
}

/** The scenarios of a run, one by one as they end. */
export class PageScenarios {
  readonly #all: PageScenario[] = []
  readonly #steps = new Set<string>()

  /** @param whole - Reads it back; what it saw is not kept. */
  add(scenario: ScenarioRecord, whole: () => ScenarioRecord): PageScenario {
    const { uri, line, status, steps } = scenario
    const added = { uri, line, status, words: wordsOf(scenario), whole }
    for (const { text } of steps) this.#steps.add(text)
    this.#all.push(added)
    return added
  }

  /** As a story tells them. */
  get told(): Pick<PageStory, 'scenarios' | 'steps'> {
    return { scenarios: inFileOrder(this.#all), steps: this.#steps }
  }
}

/** The story of a run that is at hand. */
export function pageStoryOf({ run, scenarios, own, verdict }: RunRecord): PageStory {
  const all = new PageScenarios()
  for (const scenario of scenarios) all.add(scenario, () => scenario)
  return { run, ...all.told, own, findings: ownFindings(verdict) }
}

/** What no single scenario shows. */
export function ownFindings({ findings }: RunRecord['verdict']): Finding[] {
  return findings.filter(({ scenario }) => scenario === THE_RUN_ITSELF)
}
