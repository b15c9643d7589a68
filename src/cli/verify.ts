import { extname, relative, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { type IRunOptionsFormats, runCucumber } from '@cucumber/cucumber/api'
import { missingFromFullRun } from '../evidence/completeness.ts'
import { countOf, SIMULATION_SCOPE, summaryText } from '../evidence/summary.ts'
import { type Verdict, verdictOf } from '../evidence/verdict.ts'
import { allurePage } from './allure-report.ts'
import { type Outcome, outcomeOf } from './exit-code.ts'
import { loadRun } from './load-run.ts'
import {
  finishReports,
  prepareReports,
  type ReportFiles,
  unfinished,
  writeAtomically,
} from './report-files.ts'
import { ResultCollector } from './result-collector.ts'
import { messageOf } from './usage-error.ts'
import { isFullRun, selectionOf, type VerifyOptions } from './verify-options.ts'

/** Where a command runs and speaks. */
export interface CommandEnvironment {
  readonly cwd: string
  readonly stdout: Writable
  readonly stderr: Writable
}

/**
 * Runs the scenarios, writes every report, prints the summary.
 *
 * @throws {UsageError} Nothing could be run.
 */
export async function verify(
  options: VerifyOptions,
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { cwd, stdout } = environment
  const startedAt = new Date()
  const files = await prepareReports(resolve(cwd, options.out))
  const run = await loadRun(options, environment)
  stdout.write(
    `Running ${countOf(run.planned, 'scenario')} on ${options.target}, seed ${options.seed}, ` +
      `order ${options.order}\n`,
  )

  const collector = new ResultCollector()
  const formats = formatsFor(options, files)
  await runCucumber({ ...run.options, formats }, environment, (message) =>
    collector.receive(message),
  )
  const { results, breakages } = collector
  const verdict = verdictOf(
    {
      target: options.target,
      seed: options.seed,
      startedAt: startedAt.toISOString(),
      settings: options.settings,
      selection: selectionOf(options),
    },
    results,
  )
  await writeAtomically(files.verdict, `${JSON.stringify(verdict, null, 2)}\n`)
  const problems = await writePages(files, verdict)

  const reports = [
    { path: files.verdict, about: 'the verdict, for machines' },
    { path: files.allureHtml, about: 'scenarios, orders, exchanges and state diagrams' },
    { path: files.cucumberHtml, about: 'the features as they ran' },
    { path: files.junit, about: 'for build servers' },
    { path: files.messages, about: 'everything, as Cucumber messages' },
  ].map(({ path, about }) => ({ path: shortest(cwd, path), about }))
  const tookMs = Date.now() - startedAt.getTime()
  stdout.write(`\n${summaryText({ verdict, results, tookMs, reports })}\n`)

  const evidences = results.flatMap(({ evidence }) => evidence ?? [])
  const missing = isFullRun(options) ? missingFromFullRun(evidences) : []
  return outcomeOf(verdict, run.planned, [...breakages, ...problems], missing)
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}

/** Every formatter has a file of its own: two without one silence each other. */
function formatsFor(options: VerifyOptions, files: ReportFiles): IRunOptionsFormats {
  const { target, seed, settings } = options
  const selection = selectionOf(options)
  return {
    stdout: formatterUrl('progress-formatter'),
    files: {
      [unfinished(files, 'html')]: 'html',
      [unfinished(files, 'junit')]: 'junit',
      [unfinished(files, 'allure')]: formatterUrl('allure-formatter'),
      [files.messages]: 'message',
    },
    publish: false,
    options: {
      target,
      resultsDir: files.allureResults,
      environmentInfo: {
        target,
        scope: SIMULATION_SCOPE,
        seed,
        ...(selection.length > 0 && { scenarios: selection.join(' ') }),
        ...(Object.keys(settings).length > 0 && { assumptions: JSON.stringify(settings) }),
        'Node.js': process.version,
      },
      junit: { suiteName: `integral ${target}` },
    },
  }
}

/** A formatter beside this file, with the extension that this file has, in source or built. */
function formatterUrl(name: string): string {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url).href
}

/** The verdict stands by now, so that a page that cannot be made costs nothing else. */
async function writePages(files: ReportFiles, { target }: Verdict): Promise<string[]> {
  try {
    await finishReports(files)
    const page = await allurePage(files.allureResults, `Integral FX REST API on ${target}`)
    await writeAtomically(files.allureHtml, page)
    return []
  } catch (error) {
    return [`a report could not be written, because ${messageOf(error)}`]
  }
}
