import { relative, resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { type IRunOptions, runCucumber } from '@cucumber/cucumber/api'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import { missingFromFullRun } from '../evidence/completeness.ts'
import { gapsIn } from '../evidence/coverage.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { countOf, summaryText } from '../evidence/summary.ts'
import { inFileOrder, verdictOf } from '../evidence/verdict.ts'
import { carryOut } from './carry-out.ts'
import { configuredEndpoint, refuseOtherRuns } from './endpoint-session.ts'
import { type Outcome, outcomeOf } from './exit-code.ts'
import { loadRun } from './load-run.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { NotVerifiedReasons } from './not-verified-reasons.ts'
import { evidenceKey } from './record/evidence-key.ts'
import { runFactsOf } from './record/run-facts-of.ts'
import { RunRecorder } from './record/run-recorder.ts'
import { abandonReports, prepareReports, type ReportFiles } from './report-files.ts'
import { formatsFor, reportsOf } from './report-formats.ts'
import { ResultCollector } from './result-collector.ts'
import { endpointTarget, type RunTarget, simulationTarget } from './run-target.ts'
import { servedTarget } from './served-target.ts'
import { isCoverageDue, isFullRun, selectionOf, type VerifyOptions } from './verify-options.ts'
import { writeAtomically } from './write-atomically.ts'
import { writePages } from './write-pages.ts'

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
  const key = evidenceKey(environment)
  const config =
    options.target === 'uat' ? configuredEndpoint({ cwd, env }, options.settings) : undefined
  if (config) refuseOtherRuns(config, resolve(cwd, options.out))
  // Whatever cannot be run leaves the reports of the last run where they are.
  const run = await loadRun(options, environment)
  const files = await prepareReports(resolve(cwd, options.out))
  const facts = runFactsOf(options, config, run.features, startedAt)
  const recorder = new RunRecorder(files.evidence, facts, run.features)
  const target = targetOf(options, config, files, recorder, environment, startedAt)
  stdout.write(
    `Running ${countOf(run.planned, 'scenario')} on ${options.target}, seed ${options.seed}, ` +
      `order ${options.order}\n${target.banner.map((line) => `${line}\n`).join('')}`,
  )

  const collector = new ResultCollector((record) => recorder.note(record))
  const reasons = new NotVerifiedReasons()
  const formats = formatsFor(options, files)
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
  const verdictText = `${JSON.stringify(written, null, 2)}\n`
  await writeAtomically(files.verdict, verdictText)
  await recorder.finish({ own, report, baseUrl, notJudged: outcome.why, verdict: verdictText }, key)
  const record = {
    run: { ...facts, ...(baseUrl !== undefined && { baseUrl }) },
    verdict: written,
    scenarios: inFileOrder(results),
    ...(own && { own }),
  }
  const pageProblems =
    why === undefined ? await writePages(files, record) : await abandonReports(files)

  const tookMs = Date.now() - startedAt.getTime()
  const reports = reportsOf(files, key !== undefined, why).map(({ path, about }) => ({
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
  { transcript }: RunRecorder,
  { env, stdout, stderr }: CommandEnvironment,
  startedAt: Date,
): RunTarget {
  const saying = (stream: Writable) => (line: string) => stream.write(`${line}\n`)
  if (config) {
    return endpointTarget(config, options, files, transcript, startedAt.getTime(), saying(stderr))
  }
  return options.target === 'served'
    ? servedTarget(files, env, saying(stdout))
    : simulationTarget(files)
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
