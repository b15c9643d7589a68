import { resolve } from 'node:path'
import { mergedReport } from '../../evidence/parts/merged-report.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { runReportOf } from '../../evidence/run-report.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { conclude } from '../conclude.ts'
import type { Outcome } from '../exit-code.ts'
import { historyFile } from '../history/history-files.ts'
import { RunMemory } from '../history/run-memory.ts'
import { evidenceKey } from '../record/evidence-key.ts'
import { RunRecorder } from '../record/run-recorder.ts'
import { prepareReports } from '../report-files.ts'
import type { PageJob } from '../run-pages/page-job.ts'
import { pageMark } from '../run-pages/page-mark.ts'
import { RunPages } from '../run-pages/run-pages.ts'
import { problemsOf } from '../run-problems.ts'
import type { CommandEnvironment } from '../verify.ts'
import { copyFeatures, mergeEvidence } from './merge-evidence.ts'
import { mergedFacts } from './merged-facts.ts'
import type { Part } from './part.ts'
import { writeMessages } from './write-messages.ts'

export interface MergeFacts {
  readonly parts: readonly [Part, ...Part[]]
  /** How many scenarios all parts together were to run. */
  readonly planned: number
  /** Whether each part began where the one before was broken off: then the last one says how it ended. */
  readonly areInTurn: boolean
  readonly out: string
}

/** Writes what a run would have that had been made at once, and prints its summary. */
export async function writeMerged(
  merge: MergeFacts,
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { parts, planned, areInTurn, out } = merge
  const { cwd } = environment
  const facts = mergedFacts(parts, planned, areInTurn)
  const files = await prepareReports(resolve(cwd, out))
  const mark = pageMark(facts, { cwd, out })
  const job = { out: resolve(cwd, out), files, run: facts, planned, isInOrder: true, mark }
  const pages = new RunPages(job, 'at once')
  try {
    return await mergeWith(merge, { job, pages }, environment)
  } finally {
    await pages.close()
  }
}

async function mergeWith(
  { parts, planned, areInTurn, out }: MergeFacts,
  { job: { files, run: facts, mark }, pages }: { job: PageJob; pages: RunPages },
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { cwd } = environment
  const key = evidenceKey(environment)
  const recorder = new RunRecorder(files.evidence, facts, [], (place) => pages.addScenario(place))
  await copyFeatures(parts[0], files.evidence)
  const own = await mergeEvidence(parts, recorder)
  const reports = parts.flatMap(({ verdict }) => (verdict ? [runReportOf(verdict)] : []))
  const report = mergedReport(reports, areInTurn)
  const noMessages = await writeMessages(parts, files.messages, mark)
  const memory = new RunMemory(
    historyFile(cwd, out, facts.target),
    files.evidence,
    facts,
    parts.flatMap(({ run }) => [run.id, ...(run.parts ?? []).map((part) => part.run)]),
  )
  const judged = areInTurn ? parts.slice(-1) : parts
  return conclude(
    {
      ...{ facts, files, recorder, pages, memory, key, planned, noMessages },
      ...{ why: undefined, broke: notJudgedIn(judged), due: dueOf(facts) },
      end: { report, ...(own && { own }), problems: problemsOf(report) },
    },
    environment,
  )
}

/** Why parts could not be judged, and with them the whole. */
function notJudgedIn(parts: readonly Part[]): string[] {
  return parts.flatMap(({ dir, verdict }) =>
    verdict?.notJudged === undefined
      ? []
      : [`the part in ${dir} was not judged: ${verdict.notJudged}`],
  )
}

function dueOf({ selection, target, plan }: RunFacts) {
  return {
    ...(selection.length === 0 && { fullRun: { auth: plan?.auth ?? 'token' } }),
    coverage: plan?.requireCoverage === true && isSimulated(target),
  }
}
