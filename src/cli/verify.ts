import { extname, relative, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { type IRunOptions, type IRunOptionsFormats, runCucumber } from '@cucumber/cucumber/api'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import { missingFromFullRun } from '../evidence/completeness.ts'
import { countOf, SIMULATION_SCOPE, summaryText } from '../evidence/summary.ts'
import { type Verdict, verdictOf } from '../evidence/verdict.ts'
import { allurePage } from './allure-report.ts'
import { configuredEndpoint } from './endpoint-session.ts'
import { type Outcome, outcomeOf } from './exit-code.ts'
import { loadRun } from './load-run.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { NotVerifiedReasons } from './not-verified-reasons.ts'
import {
  abandonReports,
  finishReports,
  prepareReports,
  type ReportFiles,
  unfinished,
  writeAtomically,
} from './report-files.ts'
import { ResultCollector } from './result-collector.ts'
import { endpointTarget, type RunTarget, simulationTarget, type TargetEnd } from './run-target.ts'
import { messageOf } from './usage-error.ts'
import { isFullRun, selectionOf, type VerifyOptions } from './verify-options.ts'

/** Where a command runs and speaks. */
export interface CommandEnvironment {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
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
  const { cwd, stdout, env } = environment
  const startedAt = new Date()
  const config =
    options.target === 'uat' ? configuredEndpoint({ cwd, env }, options.settings) : undefined
  const files = await prepareReports(resolve(cwd, options.out))
  const run = await loadRun(options, environment)
  const target = config
    ? endpointTarget(config, options, files, startedAt.getTime())
    : simulationTarget(files)
  stdout.write(
    `Running ${countOf(run.planned, 'scenario')} on ${options.target}, seed ${options.seed}, ` +
      `order ${options.order}\n${target.banner.map((line) => `${line}\n`).join('')}`,
  )

  const collector = new ResultCollector()
  const reasons = new NotVerifiedReasons()
  const formats = formatsFor(options, files, config)
  const { why, end } = await carryOut(target, async () => {
    const options = withTarget({ ...run.options, formats }, target, run.needs)
    await runCucumber(options, environment, (message) => {
      reasons.receive(message)
      collector.receive(message)
    })
  })
  const { report, own, problems } = end
  const { results, breakages } = collector
  const verdict = verdictOf(
    {
      target: options.target,
      seed: options.seed,
      startedAt: startedAt.toISOString(),
      settings: options.settings,
      selection: selectionOf(options),
      ...report,
    },
    results,
    own,
  )
  await writeAtomically(files.verdict, `${JSON.stringify(verdict, null, 2)}\n`)
  const pageProblems =
    why === undefined ? await writePages(files, verdict) : await abandonReports(files)

  const tookMs = Date.now() - startedAt.getTime()
  const reports = reportsOf(files, options, why).map(({ path, about }) => ({
    path: shortest(cwd, path),
    about,
  }))
  stdout.write(`\n${summaryText({ verdict, results, tookMs, reports })}\n`)

  const evidences = [...results.flatMap(({ evidence }) => evidence ?? []), ...(own ? [own] : [])]
  const missing = isFullRun(options)
    ? missingFromFullRun(evidences, { auth: config?.auth ?? 'token' })
    : []
  const broken = breakages.map((each) => `the run broke off: ${each}`)
  const whole = why === undefined ? [] : [why]
  return outcomeOf(
    verdict,
    run.planned,
    [...whole, ...broken, ...problems, ...pageProblems],
    missing,
  )
}

/** Whatever happens, the target is brought to its end: it may have orders to cancel. */
async function carryOut(
  target: RunTarget,
  run: () => Promise<void>,
): Promise<{ readonly why: string | undefined; readonly end: TargetEnd }> {
  let why: string | undefined
  try {
    why = await target.start()
    if (why === undefined) await run()
  } catch (error) {
    await target.finish()
    throw error
  }
  return { why, end: await target.finish() }
}

/** What the World is told, besides what the configuration says. */
function withTarget(options: IRunOptions, target: RunTarget, needs: NeedsByPlace): IRunOptions {
  const { runtime } = options
  const isSimulation = Object.keys(target.parameters).length === 0
  const worldParameters = {
    ...runtime.worldParameters,
    ...target.parameters,
    // The simulation can do it all.
    ...(isSimulation ? {} : { needs }),
  }
  return {
    ...options,
    runtime: { ...runtime, worldParameters: JSON.parse(JSON.stringify(worldParameters)) },
  }
}

function reportsOf(files: ReportFiles, { target }: VerifyOptions, why: string | undefined) {
  const pages = [
    { path: files.allureHtml, about: 'scenarios, orders, exchanges and state diagrams' },
    { path: files.cucumberHtml, about: 'the features as they ran' },
    { path: files.junit, about: 'for build servers' },
    { path: files.messages, about: 'everything, as Cucumber messages' },
  ]
  const transcript = { path: files.transcript, about: 'every exchange, as it happened' }
  return [
    { path: files.verdict, about: 'the verdict, for machines' },
    ...(why === undefined ? pages : []),
    ...(target === 'simulation' ? [] : [transcript]),
  ]
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}

/** Every formatter has a file of its own: two without one silence each other. */
function formatsFor(
  options: VerifyOptions,
  files: ReportFiles,
  config: EndpointConfig | undefined,
): IRunOptionsFormats {
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
        ...(config
          ? { endpoint: config.baseUrl, user: config.credentials.user, org: config.credentials.org }
          : { scope: SIMULATION_SCOPE }),
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
