import { join } from 'node:path'
import { AllureReport, resolveConfig } from '@allurereport/core'
import AwesomePlugin from '@allurereport/plugin-awesome'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { countOf } from '../../evidence/summary.ts'
import { CATEGORIES } from './categories.ts'
import { chartsOf } from './charts.ts'
import { type HistoryPoint, historyPointOf, withHistory } from './history.ts'
import { InMemoryFile } from './in-memory-file.ts'
import type { RunResults } from './run-results.ts'
import { runVariables } from './run-variables.ts'
import { RUN_LABEL } from './scenario-marks.ts'
import { selfContained } from './self-contained.ts'
import { withSharedData } from './shared-data.ts'

/** A run that stands in a page. */
export interface PageRun {
  readonly run: RunFacts
  readonly results: RunResults
}

export interface PageOptions {
  readonly name: string
  /** What earlier runs came to, the oldest first. */
  readonly history: readonly HistoryPoint[]
  /** Where a file may stand while the page is made; it is gone afterwards. */
  readonly scratch: string
}

export interface Page {
  readonly html: string
  /** What these runs add to the history. */
  readonly point: HistoryPoint
}

/**
 * Makes Allure's page: one file, in process, offline. Each run is an environment of its own, so that the
 * same scenario on two targets stands there twice, and neither hides the other.
 *
 * @returns The page, which loads nothing from anywhere.
 */
export function allurePage(runs: readonly PageRun[], options: PageOptions): Promise<Page> {
  return withHistory(options.history, options.scratch, (historyPath) =>
    pageWith(runs, options, historyPath),
  )
}

async function pageWith(
  runs: readonly PageRun[],
  { name: about, scratch }: PageOptions,
  historyPath: string,
): Promise<Page> {
  const name = pageTitle(about, runs)
  const written = new Map<string, Buffer>()
  const hasTimes = runs.some(({ run }) => !isSimulated(run.target))
  const options = {
    singleFile: true,
    reportName: name,
    reportLanguage: 'en',
    groupBy: ['feature', 'story'],
    charts: chartsOf(runs.length),
    // A simulation's scenarios take no time of ours: when they ran says nothing.
    sections: hasTimes ? ['charts', 'timeline'] : ['charts'],
  }
  const config = await resolveConfig(
    {
      name,
      // Never made: Allure moves about what it finds in a directory of its own.
      output: join(scratch, `.allure-output.${process.pid}`),
      historyPath,
      appendHistory: false,
      variables: variablesOf(runs),
      environments: environmentsOf(runs),
      categories: CATEGORIES,
      hideLabels: ['host', 'thread', RUN_LABEL],
    },
    { plugins: {} },
  )
  const report = new AllureReport({
    ...config,
    plugins: [{ id: 'awesome', enabled: true, options, plugin: new AwesomePlugin(options) }],
    reportFiles: {
      addFile: async (path, data) => {
        written.set(path, data)
        return path
      },
    },
  })
  await report.start()
  for (const { results } of runs) {
    for (const file of results.files) await report.readResult(new InMemoryFile(file))
  }
  await report.done()
  const html = written.get('awesome/index.html')
  if (!html) throw new Error('Allure wrote no page')
  return {
    html: withSharedData(selfContained(html.toString())),
    point: historyPointOf(runs, await report.store.allTestResults()),
  }
}

/** What stands on top of the page: whoever sees its counts sees there that they are not those of the whole run. */
export function pageTitle(about: string, runs: readonly PageRun[]): string {
  const missing = runs.reduce((sum, { results }) => sum + results.leftOut.wholly, 0)
  return missing === 0 ? about : `${about}, without ${countOf(missing, 'scenario')}`
}

/** What stands above all environments: everything about the one run, or which runs they are. */
function variablesOf(runs: readonly PageRun[]): Record<string, string> {
  const [only] = runs
  if (only !== undefined && runs.length === 1) {
    return runVariables(only.run, only.results.leftOut)
  }
  return Object.fromEntries(runs.map(({ run }, at) => [`run ${at + 1}, on ${run.target}`, run.id]))
}

function environmentsOf(runs: readonly PageRun[]) {
  const targets = runs.map(({ run }) => run.target)
  return Object.fromEntries(
    runs.map(({ run, results }, at) => {
      const before = targets.slice(0, at).filter((target) => target === run.target).length
      const name = before === 0 ? run.target : `${run.target} ${before + 1}`
      return [
        name.replaceAll(/\W+/g, '-'),
        {
          name,
          variables: runVariables(run, results.leftOut),
          matcher: ({ labels }: { labels: readonly { name: string; value?: string }[] }) =>
            labels.some(({ name: label, value }) => label === RUN_LABEL && value === run.id),
        },
      ]
    }),
  )
}
