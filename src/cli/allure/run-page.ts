import { isDeepStrictEqual } from 'node:util'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { AllureFile } from './attachments.ts'
import { Budget, MAX_PAGE_SCENARIOS } from './caps.ts'
import { appendHistory, historyFile, readHistory } from './history.ts'
import { Identities } from './identity.ts'
import type { AllurePage, Page } from './page.ts'
import { pageName } from './page-name.ts'
import { PageScenarios, type PageStory } from './page-story.ts'
import { type EarlyScenario, type LeftOut, type ResultsFolder, runResults } from './run-results.ts'
import { runVariables } from './run-variables.ts'
import { type ScenarioFiles, scenarioFiles } from './scenario-files.ts'

export interface RunPageOptions {
  /** As far as it is known when the run begins. */
  readonly run: RunFacts
  /** How many scenarios are to run. */
  readonly planned: number
  /** Whether they end in the order of the feature files, which is that of the page. */
  readonly isInOrder: boolean
  /** Where the run writes, e.g. `reports/uat`. */
  readonly out: string
  readonly html: string
  /** Of Allure's standard results, for whoever makes other pages of them. */
  readonly folder: ResultsFolder
  /** A folder for what is gone afterwards. */
  readonly scratch: string
  readonly budget?: () => Budget
}

const ALL: LeftOut = { attachments: 0, scenarios: 0, wholly: 0, failed: 0 }

/**
 * Allure's results of a run and its page, as the scenarios end: nobody waits for them when the last one has.
 *
 * What is made early is what a run comes to in which everything else passes. Where it comes
 * to anything else, such as a failure that a full page must have room for, the page is made anew: what a page shows does
 * not depend on what ended when.
 */
export class RunPage {
  readonly #options: RunPageOptions
  readonly #scenarios = new PageScenarios()
  readonly #identities = new Identities()
  readonly #early = new Map<PageStory['scenarios'][number], EarlyScenario>()
  readonly #budget: Budget
  /** Absent where the page cannot be begun before the end. */
  #page: AllurePage | undefined
  /** What of the scenarios the page has read. */
  readonly #read: ScenarioFiles[] = []

  private constructor(options: RunPageOptions) {
    this.#options = options
    this.#budget = newBudget(options)
  }

  static async begin(options: RunPageOptions): Promise<RunPage> {
    const page = new RunPage(options)
    if (options.isInOrder && page.#holdsAll) page.#page = await page.#begin(options.run, ALL)
    return page
  }

  /** Of more scenarios, which ones the page shows is known at the end. */
  get #holdsAll(): boolean {
    return this.#options.planned <= MAX_PAGE_SCENARIOS
  }

  /** @param whole - Reads it back: it is not kept. */
  async add(scenario: ScenarioRecord, whole: () => ScenarioRecord): Promise<void> {
    const { run, folder } = this.#options
    const added = this.#scenarios.add(scenario, whole)
    const identity = this.#identities.next(added.words)
    const made = this.#holdsAll
      ? await scenarioFiles(run, scenario, identity, this.#budget)
      : undefined
    const all = made?.leftOut === 0 ? made : await scenarioFiles(run, scenario, identity)
    folder.write(all.files)
    this.#early.set(added, { identity, made })
    if (!made || !this.#page) return
    await this.#page.read(made.files)
    this.#read.push(made)
  }

  /** Writes the page, and adds the run to the history of its target. */
  async end(told: Pick<PageStory, 'run' | 'own' | 'findings'>): Promise<void> {
    const { folder, html, out } = this.#options
    const { run } = told
    const story = { ...told, ...this.#scenarios.told }
    const isEarlyValid = isDeepStrictEqual(withoutAddress(run), withoutAddress(this.#options.run))
    const budget = newBudget(this.#options)
    const early = { early: this.#early, isEarlyValid }
    const { scenarios, leftOut } = await runResults(story, { budget, folder, ...early })
    folder.write([environmentOf(run)])
    const isBegun = isEarlyValid && leftOut.wholly === 0 && this.#isBegun(scenarios)
    const begun = isBegun ? this.#page : undefined
    // The other one would stay in memory while this one is made.
    this.#page = undefined
    const page = begun ?? (await this.#begin(run, leftOut))
    for (const { files } of begun ? scenarios.slice(this.#read.length) : scenarios) {
      await page.read(files)
    }
    const made: Page = await page.end([{ run, leftOut }])
    await writeAtomically(html, made.html)
    await appendHistory(historyFile(out, run.target), made.point)
  }

  /** Whether what the page has read are the first of these, as they are. */
  #isBegun(scenarios: readonly ScenarioFiles[]): boolean {
    return this.#read.every((each, at) => each === scenarios[at])
  }

  async #begin(run: RunFacts, leftOut: LeftOut): Promise<AllurePage> {
    const { out, scratch } = this.#options
    // Not before: of very many scenarios the page is made in the end, and Allure takes memory.
    const { AllurePage } = await import('./page.ts')
    const history = await readHistory(historyFile(out, run.target))
    return AllurePage.begin([{ run, leftOut }], { name: pageName(run.target), history, scratch })
  }
}

/** A served simulation tells its address when it listens; it stands in a page's variables alone. */
function withoutAddress({ baseUrl: _, ...run }: RunFacts) {
  return run
}

function newBudget({ budget = () => new Budget() }: RunPageOptions): Budget {
  return budget()
}

/** In the form of Java's properties, as Allure reads it. */
function environmentOf(run: RunFacts): AllureFile {
  const lines = Object.entries(runVariables(run)).map(
    ([name, value]) => `${name.replaceAll(/[\s:=]/g, '\\$&')} = ${value.replaceAll('\\', '\\\\')}`,
  )
  return { name: 'environment.properties', content: `${lines.join('\n')}\n` }
}
