import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { mergedOwn } from '../../evidence/parts/merged-own.ts'
import { mergedReport } from '../../evidence/parts/merged-report.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { runReportOf } from '../../evidence/run-report.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { summaryText } from '../../evidence/summary.ts'
import { THE_RUN_ITSELF, verdictOf } from '../../evidence/verdict.ts'
import { writeAllure } from '../allure/write-allure.ts'
import type { Outcome } from '../exit-code.ts'
import { historyFile } from '../history/history-files.ts'
import { RunMemory } from '../history/run-memory.ts'
import { evidenceKey } from '../record/evidence-key.ts'
import { RunRecorder } from '../record/run-recorder.ts'
import {
  finishReports,
  prepareReports,
  type ReportFiles,
  removeUnfinished,
} from '../report-files.ts'
import { reportsOf } from '../report-formats.ts'
import { messageOf } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { copyFeatures, mergeEvidence } from './merged-evidence.ts'
import { mergedFacts } from './merged-facts.ts'
import { type MergedRun, mergedOutcome } from './merged-outcome.ts'
import { writeMessagePages } from './merged-pages.ts'
import type { Part } from './part.ts'

export interface MergeFacts {
  readonly parts: readonly [Part, ...Part[]]
  /** How many scenarios all parts together were to run. */
  readonly planned: number
  /** Whether each part began where the one before was broken off. */
  readonly areInTurn: boolean
  readonly out: string
}

/** Writes what a run would have that had been made at once, and prints its summary. */
export async function writeMerged(
  { parts, planned, areInTurn, out }: MergeFacts,
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { cwd, stdout } = environment
  const begunAt = Date.now()
  const key = evidenceKey(environment)
  const facts = mergedFacts(parts, planned)
  const files = await prepareReports(resolve(cwd, out))
  const recorder = new RunRecorder(files.evidence, facts, [])
  await copyFeatures(parts[0], files.evidence)
  const transcript = isSimulated(facts.target) ? undefined : recorder.transcript
  const { scenarios, owns } = await mergeEvidence(parts, transcript)
  for (const scenario of scenarios) recorder.note(scenario)
  const own = mergedOwn(owns)
  const reports = parts.flatMap(({ verdict }) => (verdict ? [runReportOf(verdict)] : []))
  const report = mergedReport(reports, areInTurn)
  const verdict = verdictOf({ ...facts, ...report }, scenarios, own)
  const evidences = [...scenarios.flatMap(({ evidence }) => evidence ?? []), ...owns]
  const run: MergedRun = { ...{ facts, verdict, report, evidences } }
  const judged = areInTurn ? parts.slice(-1) : parts
  const outcome = mergedOutcome(run, judged)
  const written = { ...verdict, ...(outcome.why !== undefined && { notJudged: outcome.why }) }
  const verdictText = `${JSON.stringify(written, null, 2)}\n`
  await writeAtomically(files.verdict, verdictText)
  await recorder.finish({ own, report, notJudged: outcome.why, verdict: verdictText }, key)
  const record = { run: facts, verdict: written, scenarios, ...(own && { own }) }
  const pages = await writePages(parts, files, record, uatHistoryOf(facts.target, cwd, out))
  const { code: exitCode, why: notJudged } = mergedOutcome(run, judged, pages.problems)
  const memory = new RunMemory(historyFile(cwd, out, facts.target), files.evidence, facts)
  const past = await memory.remember({ verdict, scenarios, exitCode, notJudged })
  const shown = reportsOf(files, key !== undefined, undefined)
    .filter(({ path }) => existsSync(path))
    .map(({ path, about }) => ({ path: shortest(cwd, path), about }))
  const tookMs = Date.now() - begunAt
  const summary = { verdict, results: scenarios, tookMs, reports: shown, changes: past.lines }
  stdout.write(`\n${summaryText(summary)}\n${pages.notes.map((note) => `${note}\n`).join('')}`)
  return mergedOutcome(run, judged, [...pages.problems, ...past.problems])
}

/** Pages of a simulation say what was validated on UAT. */
function uatHistoryOf(target: string, cwd: string, out: string): string | undefined {
  return target === 'uat' ? undefined : historyFile(cwd, out, target, 'uat')
}

interface WrittenPages {
  readonly problems: readonly string[]
  /** What there is to say of pages that are not there, and need not be. */
  readonly notes: readonly string[]
}

/** The verdict stands by now: a page that cannot be made costs nothing else, and no other page. */
async function writePages(
  parts: readonly Part[],
  files: ReportFiles,
  record: RunRecord,
  uatHistory: string | undefined,
): Promise<WrittenPages> {
  const { id, target, startedAt } = record.run
  const problems: string[] = []
  const notes: string[] = []
  const orProblem = async (work: () => Promise<void>) => {
    await work().catch((error: unknown) => {
      problems.push(`a report could not be written, because ${messageOf(error)}`)
    })
  }
  const allure = { html: files.allureHtml, results: files.allureResults, scratch: files.unfinished }
  await orProblem(() => writeAllure(record, { ...allure, out: dirname(files.verdict) }))
  await orProblem(async () => {
    const run = { id, target, startedAt, ...(uatHistory !== undefined && { uatHistory }) }
    const why = await writeMessagePages(parts, files, run)
    const own = record.verdict.findings.filter(({ scenario }) => scenario === THE_RUN_ITSELF)
    if (why === undefined) await finishReports(files, id, own)
    else {
      notes.push(`There is no cucumber.html, junit.xml and messages.ndjson, because ${why}.`)
      await removeUnfinished(files)
    }
  })
  return { problems, notes }
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
