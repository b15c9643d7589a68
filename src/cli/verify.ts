import { relative, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { type IRunOptions, runCucumber } from '@cucumber/cucumber/api'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import { missingFromFullRun } from '../evidence/completeness.ts'
import { gapsIn } from '../evidence/coverage.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { countOf, summaryText } from '../evidence/summary.ts'
import { type ScenarioResult, type Verdict, verdictOf } from '../evidence/verdict.ts'
import { correctAllureResults } from './allure-corrections.ts'
import { allurePage } from './allure-report.ts'
import { configuredEndpoint, refuseOtherRuns } from './endpoint-session.ts'
import { type Outcome, outcomeOf } from './exit-code.ts'
import { loadRun } from './load-run.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { NotVerifiedReasons } from './not-verified-reasons.ts'
import {
  abandonReports,
  finishReports,
  prepareReports,
  type ReportFiles,
  writeAtomically,
} from './report-files.ts'
import { formatsFor, reportsOf } from './report-formats.ts'
import { ResultCollector } from './result-collector.ts'
import { endpointTarget, type RunTarget, simulationTarget, type TargetEnd } from './run-target.ts'
import { servedTarget } from './served-target.ts'
import { messageOf } from './usage-error.ts'
import { isCoverageDue, isFullRun, selectionOf, type VerifyOptions } from './verify-options.ts'

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
  if (config) refuseOtherRuns(config, resolve(cwd, options.out))
  // Whatever cannot be run leaves the reports of the last run where they are.
  const run = await loadRun(options, environment)
  const files = await prepareReports(resolve(cwd, options.out))
  const target = targetOf(options, config, files, environment, startedAt)
  stdout.write(
    `Running ${countOf(run.planned, 'scenario')} on ${options.target}, seed ${options.seed}, ` +
      `order ${options.order}\n${target.banner.map((line) => `${line}\n`).join('')}`,
  )

  const collector = new ResultCollector()
  const reasons = new NotVerifiedReasons()
  const formats = formatsFor(options, files, config)
  const runAll = async () => {
    const needs = isSimulated(options.target) ? undefined : run.needs
    const cucumber = withTarget({ ...run.options, formats }, target, needs)
    await runCucumber(cucumber, environment, (message) => {
      reasons.receive(message)
      collector.receive(message)
    })
  }
  const { why, broke, end } = await carryOut(target, runAll, environment.stderr)
  const { report, own, problems, baseUrl } = end
  const { results, breakages } = collector
  const verdict = verdictOf(
    {
      target: options.target,
      seed: options.seed,
      startedAt: startedAt.toISOString(),
      settings: options.settings,
      selection: selectionOf(options),
      ...(baseUrl !== undefined && { baseUrl }),
      ...report,
    },
    results,
    own,
  )
  const evidences = [...results.flatMap(({ evidence }) => evidence ?? []), ...(own ? [own] : [])]
  const missing = isFullRun(options)
    ? [
        ...missingFromFullRun(evidences, { auth: config?.auth ?? 'token' }),
        ...(isCoverageDue(options) ? gapsIn(verdict.coverage) : []),
      ]
    : []
  const broken = [...broke, ...breakages].map((each) => `the run broke off: ${each}`)
  const reasonsWhy = [...(why === undefined ? [] : [why]), ...broken, ...problems]
  const outcome = outcomeOf(verdict, run.planned, reasonsWhy, missing)
  const written = { ...verdict, ...(outcome.why !== undefined && { notJudged: outcome.why }) }
  await writeAtomically(files.verdict, `${JSON.stringify(written, null, 2)}\n`)
  const pageProblems =
    why === undefined ? await writePages(files, verdict, results) : await abandonReports(files)

  const tookMs = Date.now() - startedAt.getTime()
  const reports = reportsOf(files, options, why).map(({ path, about }) => ({
    path: shortest(cwd, path),
    about,
  }))
  stdout.write(`\n${summaryText({ verdict, results, tookMs, reports })}\n`)
  return outcomeOf(verdict, run.planned, [...reasonsWhy, ...pageProblems], missing)
}

function targetOf(
  options: VerifyOptions,
  config: EndpointConfig | undefined,
  files: ReportFiles,
  { env, stdout, stderr }: CommandEnvironment,
  startedAt: Date,
): RunTarget {
  const saying = (stream: Writable) => (line: string) => stream.write(`${line}\n`)
  if (config) return endpointTarget(config, options, files, startedAt.getTime(), saying(stderr))
  return options.target === 'served'
    ? servedTarget(files, env, saying(stdout))
    : simulationTarget(files)
}

interface CarriedOut {
  /** Why no scenario could be run. */
  readonly why: string | undefined
  /** What broke the run off, if anything did. */
  readonly broke: readonly string[]
  readonly end: TargetEnd
}

/** Whatever happens, the target is brought to its end: it may have orders to cancel, and to tell of. */
async function carryOut(
  target: RunTarget,
  run: () => Promise<void>,
  stderr: Writable,
): Promise<CarriedOut> {
  let why: string | undefined
  const broke: string[] = []
  try {
    why = await target.start()
    if (why === undefined) await run()
  } catch (error) {
    stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    broke.push(messageOf(error))
  }
  return { why, broke, end: await target.finish() }
}

/**
 * What the World is told, besides what the configuration says.
 *
 * @param needs - What scenarios need; absent where the target can do it all.
 */
function withTarget(
  options: IRunOptions,
  target: RunTarget,
  needs: NeedsByPlace | undefined,
): IRunOptions {
  const { runtime } = options
  const worldParameters = {
    ...runtime.worldParameters,
    ...target.parameters,
    ...(needs && { needs }),
  }
  return {
    ...options,
    runtime: { ...runtime, worldParameters: JSON.parse(JSON.stringify(worldParameters)) },
  }
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}

/** The verdict stands by now, so that a page that cannot be made costs nothing else. */
async function writePages(
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
