import { dirname } from 'node:path'
import type { RunStory } from '../evidence/record/run-story.ts'
import { THE_RUN_ITSELF } from '../evidence/verdict.ts'
import { writeAllure } from './allure/write-allure.ts'
import { finishReports, type ReportFiles } from './report-files.ts'
import { messageOf } from './usage-error.ts'

/**
 * Makes the pages of a run. The verdict stands by now, so that a page that cannot be made costs
 * nothing else, and no other page.
 *
 * @returns Why one could not be made, if so.
 */
export async function writePages(files: ReportFiles, story: RunStory): Promise<string[]> {
  const { verdict, allureHtml, allureResults, unfinished } = files
  const allure = { html: allureHtml, results: allureResults, scratch: unfinished }
  const own = story.verdict.findings.filter(({ scenario }) => scenario === THE_RUN_ITSELF)
  return [
    ...(await problemOf(writeAllure(story, { ...allure, out: dirname(verdict) }))),
    ...(await problemOf(finishReports(files, story.run.id, own))),
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
