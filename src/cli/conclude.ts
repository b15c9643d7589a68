import type { KeyObject } from 'node:crypto'
import { relative } from 'node:path'
import { gapsIn } from '../evidence/coverage.ts'
import type { RunFacts } from '../evidence/record/run-facts.ts'
import { summaryText } from '../evidence/summary.ts'
import type { Verdict } from '../evidence/verdict.ts'
import { ownFindings } from './allure/page-story.ts'
import { type Outcome, outcomeOf } from './exit-code.ts'
import type { RunMemory } from './history/run-memory.ts'
import type { RunRecorder } from './record/run-recorder.ts'
import { sha256OfFile } from './record/sha256-of-file.ts'
import { writeVerdict } from './record/write-verdict.ts'
import type { ReportFiles } from './report-files.ts'
import { reportsOf } from './report-formats.ts'
import { pageProblem } from './run-pages/page-problem.ts'
import type { RunPages } from './run-pages/run-pages.ts'
import type { TargetEnd } from './run-target.ts'
import type { CommandEnvironment } from './verify.ts'

/** A run whose scenarios have all ended, as far as they came. */
export interface EndedRun {
  readonly facts: RunFacts
  readonly files: ReportFiles
  /** Has noted every scenario. */
  readonly recorder: RunRecorder
  /** Has been told of every scenario. */
  readonly pages: RunPages
  readonly memory: RunMemory
  readonly end: TargetEnd
  /** Why no scenario could be run. */
  readonly why: string | undefined
  /** What broke the run off, in sentences; empty where nothing did. */
  readonly broke: readonly string[]
  /** How many scenarios were to run. */
  readonly planned: number
  readonly due: DueOfRun
  /** Why there are none of Cucumber's messages, and no page of them; absent where there are. */
  readonly noMessages?: string | undefined
  /** Whether it is one of many: of those in which nothing was found, nobody looks at pages. */
  readonly isRound?: boolean
  /** Whether it is what was left of a run that was broken off: the whole of it is judged afterwards. */
  readonly isRest?: boolean
  /** Gives back memory that nobody needs any more; absent where there is enough. */
  readonly collect?: () => void
  /** Signs the evidence, if there is one. */
  readonly key: KeyObject | undefined
}

/** What a run must have observed. */
export interface DueOfRun {
  /** How a full run authenticates its requests; absent where this is none, and anything will do. */
  readonly fullRun?: { readonly auth: 'token' | 'hmac' }
  /** Whether a full run must have observed all of the order models. */
  readonly coverage: boolean
}

/**
 * Judges a run, seals its evidence, makes its pages, remembers it, and prints the summary. It reads what the
 * scenarios saw one at a time.
 *
 * @throws {Error} The verdict or the evidence cannot be written.
 */
export async function conclude(
  ended: EndedRun,
  { cwd, stdout }: Pick<CommandEnvironment, 'cwd' | 'stdout'>,
): Promise<Outcome> {
  const { facts, recorder, memory, end, why, planned, key } = ended
  const { report, own, baseUrl } = end
  const run = { ...facts, ...(baseUrl !== undefined && { baseUrl }) }
  const verdict = recorder.tally.verdict({ ...run, ...report }, own)
  const missing = missingIn(ended, verdict.coverage)
  const reasons = [...(why === undefined ? [] : [why]), ...ended.broke, ...end.problems]
  const outcomeWith = (more: readonly string[]) =>
    outcomeOf(verdict, planned, [...reasons, ...more], missing, ended.isRest)
  const outcome = outcomeWith([])
  const written = { ...verdict, ...(outcome.why !== undefined && { notJudged: outcome.why }) }
  const pageProblems = await sealAndMake(ended, written, () =>
    pagesOf(ended, run, verdict, outcome),
  )
  const scenarios = recorder.heads
  const { code: exitCode, why: notJudged } = outcomeWith(pageProblems)
  const past = await memory.remember({ verdict, scenarios, exitCode, notJudged })

  const tookMs = Date.now() - Date.parse(facts.startedAt)
  const listed = reportsOf(ended.files, key !== undefined, why, ended.noMessages)
  const reports = listed.map(({ path, about }) => ({
    path: shortest(cwd, path),
    about,
  }))
  stdout.write(`\n${summaryText({ verdict, tookMs, reports, changes: past.lines })}\n`)
  return outcomeWith([...pageProblems, ...past.problems])
}

/**
 * Writes the verdict; then the pages are made while the run is sealed: what cannot be made costs nothing but a page.
 * Where memory is worth more than time, what the verdict was made with is to be gone before.
 *
 * @param make - Never fails.
 * @returns Why a page could not be made, if so.
 */
async function sealAndMake(
  ended: EndedRun,
  written: Verdict,
  make: () => Promise<string[]>,
): Promise<string[]> {
  let making: Promise<string[]> | undefined
  await writeAndSeal(ended, written, () => {
    if (!ended.collect) making = make()
  })
  ended.collect?.()
  return making ?? make()
}

/** @param stands - Told that the verdict is written. */
async function writeAndSeal(
  { files, recorder, end: { own, report, baseUrl }, key }: EndedRun,
  written: Verdict,
  stands: () => void,
): Promise<void> {
  const verdict = writeVerdict(files.verdict, written)
  stands()
  const messages = await sha256OfFile(files.messages)
  const { notJudged } = written
  await recorder.finish({ own, report, baseUrl, notJudged, messages, verdict }, key)
}

/** Never fails. @returns Why one could not be made, if so. */
async function pagesOf(
  { pages, why, isRound, noMessages, end: { own } }: EndedRun,
  run: RunFacts,
  verdict: Verdict,
  { code }: Outcome,
): Promise<string[]> {
  try {
    if (why !== undefined || (isRound === true && code === 0)) return await pages.abandon()
    const findings = ownFindings(verdict)
    return await pages.end({ run, own, findings, hasMessages: noMessages === undefined })
  } catch (error) {
    return [pageProblem('the pages', error)]
  }
}

/** What should have been observed, and was not. */
function missingIn(
  { recorder, due, end: { own } }: EndedRun,
  coverage: Parameters<typeof gapsIn>[0],
): string[] {
  if (!due.fullRun) return []
  if (own) recorder.fullRun.add(own)
  return [...recorder.fullRun.missing(due.fullRun), ...(due.coverage ? gapsIn(coverage) : [])]
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
