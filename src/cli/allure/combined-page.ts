import { resolve } from 'node:path'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { readRun } from '../record/read-run.ts'
import { Budget, MAX_PAGE_BYTES } from './caps.ts'
import { type HistoryPoint, historyFile, MAX_RUNS, readHistory } from './history.ts'
import { AllurePage, type PageRun } from './page.ts'
import { pageName } from './page-name.ts'
import { pageStoryOf } from './page-story.ts'
import { runResults } from './run-results.ts'
import type { ScenarioFiles } from './scenario-files.ts'

/**
 * One page of several runs, e.g. of the last on the simulation and the last on UAT: each is an
 * environment, every scenario stands in each, and the trend is that of all their targets.
 *
 * @param dirs - Where the runs wrote, e.g. `reports/simulation` and `reports/uat`.
 * @param scratch - A folder that exists; a file stands in it while the page is made. Default: the first of `dirs`.
 * @returns HTML that loads nothing from anywhere.
 * @throws {UsageError} There is no run in one of them.
 */
export async function combinedAllurePage(
  dirs: readonly string[],
  scratch: string = dirs[0] ?? '.',
): Promise<string> {
  const runs: PageRun[] = []
  const scenarios: ScenarioFiles[] = []
  const histories: HistoryPoint[][] = []
  for (const dir of dirs) {
    const story = pageStoryOf(await readRun(dir))
    const budget = new Budget(MAX_PAGE_BYTES / dirs.length)
    const results = await runResults(story, { budget })
    runs.push({ run: story.run, leftOut: results.leftOut })
    scenarios.push(...results.scenarios)
    histories.push(await earlier(story.run, resolve(dir)))
  }
  const targets = [...new Set(runs.map(({ run }) => run.target))]
  const history = histories.flat().toSorted((one, other) => one.timestamp - other.timestamp)
  const page = await AllurePage.begin(runs, { name: pageName(...targets), history, scratch })
  for (const { files } of scenarios) await page.read(files)
  return (await page.end()).html
}

/** What stands in a target's history besides the run itself. */
async function earlier(run: RunFacts, out: string): Promise<HistoryPoint[]> {
  const points = await readHistory(historyFile(out, run.target))
  return points.filter(({ uuid }) => uuid !== run.id).slice(-MAX_RUNS)
}
