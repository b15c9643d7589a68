import { join } from 'node:path'
import { AllureReport, resolveConfig } from '@allurereport/core'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { countOf } from '../../evidence/summary.ts'
import type { AllureFile } from './attachments.ts'
import { CATEGORIES } from './categories.ts'
import { chartsOf } from './charts.ts'
import { finishedPage } from './finished-page.ts'
import { type HistoryPoint, historyPointOf, withHistory } from './history.ts'
import { InMemoryFile } from './in-memory-file.ts'
import { pagePlugin } from './page-plugin.ts'
import type { LeftOut } from './run-results.ts'
import { runVariables } from './run-variables.ts'
import { RUN_LABEL } from './scenario-marks.ts'

/** Shorter contents, in characters, are not worth a reference. */
const WORTH_SHARING = 256

/** A run that stands in a page. */
export interface PageRun {
  readonly run: RunFacts
  readonly leftOut: LeftOut
}

export interface PageOptions {
  readonly name: string
  /** What earlier runs came to, the oldest first. */
  readonly history: readonly HistoryPoint[]
  /** Where a file may stand while the page is begun; it is gone afterwards. */
  readonly scratch: string
}

export interface Page {
  readonly html: string
  /** What these runs add to the history. */
  readonly point: HistoryPoint
}

/**
 * Allure's page while it is made: one file, in process, offline. Each run is an environment of its own, so
 * that the same scenario on two targets stands there twice, and neither hides the other.
 */
export class AllurePage {
  readonly #runs: readonly PageRun[]
  readonly #report: AllureReport
  readonly #written: ReadonlyMap<string, Buffer>
  /** What stands above all environments, and above each. Allure looks at them when it makes the page. */
  readonly #variables: readonly Record<string, string>[]

  /** Names of files by the digest of their content. */
  readonly #files = new Map<string, string>()

  private constructor(
    runs: readonly PageRun[],
    report: AllureReport,
    written: ReadonlyMap<string, Buffer>,
    variables: readonly Record<string, string>[],
  ) {
    this.#runs = runs
    this.#report = report
    this.#written = written
    this.#variables = variables
  }

  /** Begins the page of these runs, in this order. */
  static async begin(
    runs: readonly PageRun[],
    { name: about, history, scratch }: PageOptions,
  ): Promise<AllurePage> {
    const name = pageTitle(about, runs)
    const written = new Map<string, Buffer>()
    const [common = {}, ...ofRuns] = variablesOf(runs)
    const options = pluginOptions(name, runs)
    return withHistory(history, scratch, async (historyPath) => {
      const config = await resolveConfig(
        {
          name,
          // Never made: Allure moves about what it finds in a directory of its own.
          output: join(scratch, `.allure-output.${process.pid}`),
          historyPath,
          appendHistory: false,
          variables: common,
          environments: environmentsOf(runs, ofRuns),
          categories: CATEGORIES,
          hideLabels: ['host', 'thread', RUN_LABEL],
        },
        { plugins: {} },
      )
      const report = new AllureReport({
        ...config,
        plugins: [{ id: 'awesome', enabled: true, options, plugin: pagePlugin(options) }],
        reportFiles: {
          addFile: async (path, data) => {
            written.set(path, data)
            return path
          },
        },
      })
      await report.start()
      return new AllurePage(runs, report, written, [common, ...ofRuns])
    })
  }

  /** Takes results of a scenario of one of the runs. */
  async read(files: readonly AllureFile[]): Promise<void> {
    for (const file of files) {
      await this.#report.readResult(new InMemoryFile(file, this.#sameAs(file)))
    }
  }

  /** @returns The name of a file with the same content that was read before, if it is worth a reference. */
  #sameAs({ name, content, digest }: AllureFile): string | undefined {
    if (digest === undefined || content.length < WORTH_SHARING) return undefined
    const before = this.#files.get(digest)
    if (before === undefined) this.#files.set(digest, name)
    return before
  }

  /**
   * Makes the page of what was read.
   *
   * @param runs - As it was begun, where it is known by now what of them is left out.
   * @returns The page, which loads nothing from anywhere.
   */
  async end(runs: readonly PageRun[] = this.#runs): Promise<Page> {
    for (const [at, variables] of variablesOf(runs).entries()) {
      const kept = this.#variables[at] ?? {}
      for (const name of Object.keys(kept)) delete kept[name]
      Object.assign(kept, variables)
    }
    await this.#report.done()
    const html = this.#written.get('awesome/index.html')
    if (!html) throw new Error('Allure wrote no page')
    return {
      html: finishedPage(html.toString()),
      point: historyPointOf(runs, await this.#report.store.allTestResults()),
    }
  }
}

/** What stands on top of the page: whoever sees its counts sees there that they are not those of the whole run. */
export function pageTitle(about: string, runs: readonly PageRun[]): string {
  const missing = runs.reduce((sum, { leftOut }) => sum + leftOut.wholly, 0)
  return missing === 0 ? about : `${about}, without ${countOf(missing, 'scenario')}`
}

function pluginOptions(reportName: string, runs: readonly PageRun[]) {
  const hasTimes = runs.some(({ run }) => !isSimulated(run.target))
  return {
    singleFile: true,
    reportName,
    reportLanguage: 'en' as const,
    groupBy: ['feature', 'story'],
    charts: chartsOf(runs.length),
    // A simulation's scenarios take no time of ours: when they ran says nothing.
    sections: hasTimes ? ['charts', 'timeline'] : ['charts'],
  }
}

/** What stands above all environments, everything about the one run or which runs they are; then above each. */
function variablesOf(runs: readonly PageRun[]): Record<string, string>[] {
  const each = runs.map(({ run, leftOut }) => runVariables(run, leftOut))
  const [only] = each
  const names = runs.map(({ run }, at) => [`run ${at + 1}, on ${run.target}`, run.id])
  return [runs.length === 1 && only ? { ...only } : Object.fromEntries(names), ...each]
}

function environmentsOf(
  runs: readonly PageRun[],
  variables: readonly Record<string, string>[],
): Record<string, Environment> {
  const targets = runs.map(({ run }) => run.target)
  return Object.fromEntries(
    runs.map(({ run }, at) => {
      const before = targets.slice(0, at).filter((target) => target === run.target).length
      const name = before === 0 ? run.target : `${run.target} ${before + 1}`
      const matcher: Environment['matcher'] = ({ labels }) =>
        labels.some(({ name: label, value }) => label === RUN_LABEL && value === run.id)
      return [name.replaceAll(/\W+/g, '-'), { name, variables: variables[at] ?? {}, matcher }]
    }),
  )
}

interface Environment {
  readonly name: string
  readonly variables: Record<string, string>
  readonly matcher: (result: { labels: readonly { name: string; value?: string }[] }) => boolean
}
