import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import featuresPage from '../features-page.ts'
import { type ReportFiles, unfinished } from '../report-files.ts'
import type { RunOptions } from '../run-mark.ts'
import suitePage from '../suite-page.ts'
import { mergeMessages } from './merge-messages.ts'
import { PageWriter } from './page-writer.ts'
import type { Part } from './part.ts'

/**
 * Makes `messages.ndjson` of those of the parts, and of it the pages that Cucumber makes of a run, up to where
 * they are finished.
 *
 * @returns Why there are none, if so.
 */
export async function writeMessagePages(
  parts: readonly Part[],
  files: ReportFiles,
  run: RunOptions,
): Promise<string | undefined> {
  const messages = createWriteStream(files.messages)
  const page = await PageWriter.open(featuresPage, unfinished(files, 'html'), run)
  const suiteName = `integral ${run.target}`
  const suite = await PageWriter.open(suitePage, unfinished(files, 'junit'), { suiteName })
  const why = await mergeMessages(parts, run, async (message, text) => {
    if (!messages.write(`${text}\n`)) await once(messages, 'drain')
    await page.receive(message)
    await suite.receive(message)
  })
  messages.end()
  await finished(messages)
  if (why === undefined) {
    await page.end()
    await suite.end()
  } else await rm(files.messages)
  return why
}
