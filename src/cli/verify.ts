import { resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { type IRunOptions, runCucumber } from '@cucumber/cucumber/api'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import type { RunFacts } from '../evidence/record/run-facts.ts'
import type { ScenarioHead } from '../evidence/record/scenario-head.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { countOf } from '../evidence/summary.ts'
import { carryOut } from './carry-out.ts'
import { conclude } from './conclude.ts'
import { configuredEndpoint, refuseOtherRuns } from './endpoint-session.ts'
import type { Outcome } from './exit-code.ts'
import { historyFile } from './history/history-files.ts'
import { RunMemory } from './history/run-memory.ts'
import { exitCodeOf, type Signal } from './interruption.ts'
import { loadRun } from './load-run.ts'
import { MessageLog } from './message-log.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { NotVerifiedReasons } from './not-verified-reasons.ts'
import { nowhere } from './nowhere.ts'
import { runProgress } from './progress/run-progress.ts'
import { evidenceKey } from './record/evidence-key.ts'
import { runFactsOf } from './record/run-facts-of.ts'
import { RunRecorder } from './record/run-recorder.ts'
import { UnchangedFeatures } from './record/unchanged-features.ts'
import { removeRounds } from './repeat/round-folders.ts'
import { prepareReports, type ReportFiles, reportFiles } from './report-files.ts'
import { runFormats } from './report-formats.ts'
import { ResultCollector } from './result-collector.ts'
import { howToGoOn, signalIn } from './resume/how-to-go-on.ts'
import type { PartOfRun } from './resume/part-of-run.ts'
import { wasCutShort } from './resume/read-parts.ts'
import { removeParts } from './resume/remove-parts.ts'
import { pageMark } from './run-pages/page-mark.ts'
import { type PagesBegin, RunPages } from './run-pages/run-pages.ts'
import { endpointTarget, type LastWord, type RunTarget, simulationTarget } from './run-target.ts'
import { servedTarget } from './served-target.ts'
import { holdYoungHeap } from './small-heap.ts'
import { isCoverageDue, isFullRun, type VerifyOptions } from './verify-options.ts'

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
 * @param part - Where it goes on with a run that was broken off; its summary is that of the whole.
 * @throws {UsageError} Nothing could be run.
 */
export async function verify(
  options: VerifyOptions,
  environment: CommandEnvironment,
  part?: PartOfRun,
): Promise<Outcome> {
  const { cwd, stdout, env } = environment
  const whole = resolve(cwd, part?.whole ?? options.out)
  const startedAt = new Date()
  const key = evidenceKey(environment)
  const config =
    options.target === 'uat'
      ? { ...configuredEndpoint({ cwd, env }, options.settings), placedBefore: part?.placed ?? 0 }
      : undefined
  const isRest = part !== undefined && part.isRound !== true
  if (config) refuseOtherRuns(config, whole)
  holdYoungHeap()
  // Whatever cannot be run leaves the reports of the last run where they are.
  const run = await loadRun(options, environment, part?.ended)
  const facts = runFactsOf(options, config, run, startedAt)
  part?.begin(facts, run.features)
  const out = resolve(cwd, options.out)
  if (!part) await Promise.all([removeParts(out), removeRounds(out)])
  const files = { ...(await prepareReports(out)), journal: reportFiles(whole).journal }
  const mark = pageMark(facts, { cwd, out: options.out })
  const isRound = part?.isRound ?? false
  const isInOrder = options.order === 'defined' && options.parallel === 0
  const job = { out, files, run: facts, planned: run.planned, isInOrder, mark }
  const pages = new RunPages(job, pagesBegin(options, isRound))
  const recorder = new RunRecorder(files.evidence, facts, run.features, (place) =>
    pages.addScenario(place),
  )
  const memory = new RunMemory(historyFile(cwd, options.out, options.target), files.evidence, facts)
  const isSlow = !isSimulated(options.target)
  const progress = runProgress(stdout, { total: run.planned, isSlow, env })
  const beside: CommandEnvironment = {
    ...environment,
    ...{ stdout: progress.beside(stdout), stderr: progress.beside(environment.stderr) },
  }
  const collector = new ResultCollector((record) => {
    recorder.note(record)
    progress.note(record)
  }, cwd)
  const before = part?.ended.length ?? 0
  const goOnAfter = (by: string, scenarios: readonly ScenarioHead[]) =>
    howToGoOn({
      ...{ by, ended: before + scenarios.filter((each) => !wasCutShort(each)).length },
      ...{ planned: before + run.planned, out: part?.whole ?? options.out },
    })
  const lastWord = (signal: Signal) => {
    const { tally, heads: scenarios } = recorder
    memory.breakOff({
      ...{ verdict: tally.verdict(facts), scenarios, exitCode: exitCodeOf(signal) },
      notJudged: `it was interrupted by ${signal}`,
    })
    progress.end()
    pages.stopWriting()
    environment.stderr.write(`${goOnAfter(signal, scenarios)}\n`)
  }
  const target = targetOf(options, config, files, recorder, beside, facts, lastWord)
  stdout.write(
    `Running ${countOf(run.planned, 'scenario')} on ${options.target}, seed ${options.seed}, ` +
      `order ${options.order}\n${target.banner.map((line) => `${line}\n`).join('')}`,
  )

  const reasons = new NotVerifiedReasons()
  const runAll = async () => {
    const needs = isSimulated(options.target) ? undefined : run.needs
    const cucumber = withTarget({ ...run.options, formats: runFormats() }, target, needs)
    const features = new UnchangedFeatures(run.features)
    run.heap.collect()
    const messages = new MessageLog(files.messages, mark, (upTo) => pages.addMessages(upTo))
    try {
      await runCucumber(cucumber, beside, (message) => {
        features.receive(message)
        reasons.receive(message)
        // Before the evidence: who resumes a run that was broken off finds the messages of all that ended.
        messages.receive(message)
        collector.receive(message)
        run.heap.receive(message)
      })
    } finally {
      messages.close()
    }
  }
  const { why, broke, end } = await carryOut(target, runAll, beside.stderr)
  progress.report()
  run.heap.collect()
  try {
    const outcome = await conclude(
      {
        ...{ facts, files, recorder, pages, memory, end, why, key, planned: run.planned },
        ...{ isRound, isRest },
        ...(run.heap.isHeldSmall && { collect: () => run.heap.collect() }),
        broke: [...broke, ...collector.breakages].map((each) => `the run broke off: ${each}`),
        due: {
          ...(isFullRun(options) && !isRest && { fullRun: { auth: config?.auth ?? 'token' } }),
          coverage: isCoverageDue(options),
        },
      },
      { cwd, stdout: part ? nowhere() : beside.stdout },
    )
    const by = signalIn(end.report)
    return by !== undefined ? { ...outcome, goOn: goOnAfter(by, recorder.heads) } : outcome
  } finally {
    progress.end()
    await pages.close()
  }
}

function targetOf(
  options: VerifyOptions,
  config: EndpointConfig | undefined,
  files: ReportFiles,
  { transcript }: RunRecorder,
  { env, stdout, stderr }: CommandEnvironment,
  facts: RunFacts,
  lastWord: LastWord,
): RunTarget {
  const saying = (stream: Writable) => (line: string) => stream.write(`${line}\n`)
  if (config) {
    const startedAt = Date.parse(facts.startedAt)
    return endpointTarget(config, options, files, transcript, startedAt, saying(stderr))
  }
  return options.target === 'served'
    ? servedTarget(files, env, facts, lastWord, saying(stdout))
    : simulationTarget(files, lastWord)
}

function pagesBegin({ parallel }: VerifyOptions, isRound: boolean): PagesBegin {
  if (isRound) return 'at the end'
  return parallel > 0 ? 'with scenarios' : 'at once'
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
