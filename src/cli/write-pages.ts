import { dirname } from 'node:path'
import type { RunStory } from '../evidence/record/run-story.ts'
import { THE_RUN_ITSELF } from '../evidence/verdict.ts'
import { writeAllure } from './allure/write-allure.ts'
import { finishReports, type ReportFiles, removeUnfinished } from './report-files.ts'
import { messageOf } from './usage-error.ts'

/**
 * Makes the pages of a run. The verdict stands by now, so that a page that cannot be made costs
 * nothing else, and no other page.
 *
 * @param hasMessages - Whether there are messages of Cucumber's, and pages of them to finish.
 * @param collect - Gives back memory that nobody needs any more; absent where there is enough.
 * @returns Why one could not be made, if so.
 */
export async function writePages(
  files: ReportFiles,
  story: RunStory,
  {
    hasMessages,
    collect,
  }: { readonly hasMessages: boolean; readonly collect?: (() => void) | undefined },
): Promise<string[]> {
  const { verdict, allureHtml, allureResults, unfinished } = files
  const allure = { html: allureHtml, results: allureResults, scratch: unfinished }
  const own = story.verdict.findings.filter(({ scenario }) => scenario === THE_RUN_ITSELF)
  return [
    ...(await problemOf(writeAllure(story, { ...allure, out: dirname(verdict), collect }))),
    ...(await problemOf(
      hasMessages ? finishReports(files, story.run.id, own) : removeUnfinished(files),
    )),
  ]
}

async function problemOf(work: Promise<void>): Promise<string[]> {
  try {
    await work
    return []
  } catch (error) {
    return [`a report could not be written, because ${messageOf(error)}`]
  }
}
