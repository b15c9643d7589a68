import { readdirSync, rmSync, unlinkSync } from 'node:fs'
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CERTIFICATE_FILES } from './certify/certificate-files.ts'
import { clearEvidence } from './record/clear-evidence.ts'
import { messageOf, UsageError } from './usage-error.ts'

/** Everything that a run writes, below its output directory. */
export interface ReportFiles {
  readonly verdict: string
  readonly allureHtml: string
  readonly allureResults: string
  readonly cucumberHtml: string
  readonly junit: string
  readonly messages: string
  /** The folder of the run's evidence: a bundle. */
  readonly evidence: string
  /** What `certify` made of an earlier run: a certificate is of one run, and not of the next. */
  readonly certificate: readonly string[]
  /** On an endpoint: every order before it is placed. */
  readonly journal: string
  /** What a server said that the run started; there is none where it said nothing. */
  readonly serverLog: string
  /** Reports that grow during the run and are useless until it ends. */
  readonly unfinished: string
}

/** What files of Allure's results are called; nothing else is taken away from its directory. */
const ALLURE_RESULT =
  /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-(?:result|container|globals|attachment)(?:\.[\w.-]+)?|environment\.properties|categories\.json)$/

/** What may stand among what is unfinished: reports, and the history that Allure is lent. */
const UNFINISHED = /^(?:html|junit|\.allure-history\.\d+\.tmp)$/

export function reportFiles(out: string): ReportFiles {
  return {
    verdict: join(out, 'verdict.json'),
    allureHtml: join(out, 'allure.html'),
    allureResults: join(out, 'allure-results'),
    cucumberHtml: join(out, 'cucumber.html'),
    junit: join(out, 'junit.xml'),
    messages: join(out, 'messages.ndjson'),
    evidence: join(out, 'evidence'),
    certificate: Object.values(CERTIFICATE_FILES).map((name) => join(out, name)),
    journal: join(out, 'journal.ndjson'),
    serverLog: join(out, 'server.log'),
    unfinished: join(out, '.unfinished'),
  }
}

/**
 * Makes the output directory and takes away what an earlier run left, file by file by name: the
 * directory may be anybody's, and hold anything else.
 *
 * @throws {UsageError} The directory cannot be used.
 */
export async function prepareReports(out: string): Promise<ReportFiles> {
  const files = reportFiles(out)
  try {
    await mkdir(files.allureResults, { recursive: true })
    await clearEvidence(files.evidence)
    await removeUnfinished(files)
    await mkdir(files.unfinished)
    removeResults(files.allureResults)
    // Not the journal: it may tell of orders that are working.
    const { verdict, allureHtml, cucumberHtml, junit, messages, serverLog, certificate } = files
    const ofOneRun = [verdict, allureHtml, cucumberHtml, junit, messages, serverLog, ...certificate]
    for (const file of ofOneRun) {
      await rm(file, { force: true })
    }
    return files
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Failed to write reports to ${out}: ${messageOf(error)}.`)
  }
}

/** Where a report grows until the run ends. */
export function unfinished({ unfinished: directory }: ReportFiles, name: 'html' | 'junit'): string {
  return join(directory, name)
}

/** Takes away what would only say that nothing was run. @returns No problem. */
export async function abandonReports(files: ReportFiles): Promise<string[]> {
  await removeUnfinished(files)
  await rm(files.allureResults, { recursive: true, force: true })
  return []
}

/** Takes away what a run that is broken off would leave half written; messages are of scenarios that ended. */
export function removeHalves({ unfinished: directory, allureResults }: ReportFiles): void {
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
    removeResults(allureResults)
  } catch {
    // Whoever interrupts a run waits for nothing.
  }
}

/** One after another: to hand each of so many small files to another thread takes longer. */
function removeResults(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (ALLURE_RESULT.test(name)) unlinkSync(join(folder, name))
  }
}

/** Takes away what has grown, and where it grew. */
export async function removeUnfinished(files: ReportFiles): Promise<void> {
  const names = await readdir(files.unfinished).catch(() => [])
  for (const name of names) {
    if (UNFINISHED.test(name)) await rm(join(files.unfinished, name), { force: true })
  }
  await rmdir(files.unfinished).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
