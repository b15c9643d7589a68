import type { ScenarioResult, Verdict } from '../evidence/verdict.ts'
import { correctAllureResults } from './allure-corrections.ts'
import { allurePage } from './allure-report.ts'
import { finishReports, type ReportFiles } from './report-files.ts'
import { messageOf } from './usage-error.ts'
import { writeAtomically } from './write-atomically.ts'

/**
 * Makes the pages of a run. The verdict stands by now, so that a page that cannot be made costs
 * nothing else.
 *
 * @returns Why one could not be made, if so.
 */
export async function writePages(
  files: ReportFiles,
  { target }: Verdict,
  results: readonly ScenarioResult[],
): Promise<string[]> {
  try {
    await finishReports(files)
    await correctAllureResults(files.allureResults, target, results)
    const page = await allurePage(files.allureResults, `Integral FX REST API on ${target}`)
    await writeAtomically(files.allureHtml, page)
    return []
  } catch (error) {
    return [`a report could not be written, because ${messageOf(error)}`]
  }
}
