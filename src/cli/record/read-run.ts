import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { BUNDLE_FILES, BUNDLE_FORMAT } from '../../evidence/bundle/bundle-files.ts'
import { readChain } from '../../evidence/bundle/chain.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { readScenarios } from '../../evidence/bundle/read-scenarios.ts'
import { type RunFacts, runFactsSchema } from '../../evidence/record/run-facts.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { inFileOrder, type Verdict } from '../../evidence/verdict.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Reads back what `verify` wrote down of a run. Whether anybody has changed it since is not asked:
 * that is what `evidence verify` is for.
 *
 * @param dir - Where the run wrote, e.g. `reports/uat`; or its folder of evidence.
 * @throws {UsageError} There is no run, it was broken off, or another version wrote it.
 */
export async function readRun(dir: string): Promise<RunRecord> {
  const folder = evidenceIn(dir)
  const run = await readFacts(folder, dir)
  const chain = readChain(await readOr(join(folder, BUNDLE_FILES.scenarios), dir))
  const verdictText = existsSync(join(folder, BUNDLE_FILES.verdict))
    ? await readFile(join(folder, BUNDLE_FILES.verdict), 'utf8')
    : undefined
  if (!chain.end || verdictText === undefined) {
    throw new UsageError(
      `The run ${run.id} in ${dir} was broken off, or is under way: wait for its end, or run "verify" again.`,
    )
  }
  const verdict = jsonIn(verdictText)
  if (!isVerdict(verdict)) throw damaged(folder, BUNDLE_FILES.verdict)
  const { scenarios, run: end, strange } = readScenarios(chain)
  const [line] = strange
  if (line !== undefined) throw damaged(folder, `${BUNDLE_FILES.scenarios}, record ${line}`)
  const ordered = inFileOrder(scenarios.map(({ scenario }) => scenario))
  return { run, verdict, scenarios: ordered, ...(end?.own && { own: end.own }) }
}

/**
 * The folder of evidence, whether it is given or the directory that it lies in. What looks like evidence
 * itself is what is meant: another bundle that somebody has put into it does not take its place.
 */
export function evidenceIn(dir: string): string {
  const below = join(dir, 'evidence')
  const isEvidence = OF_EVIDENCE_ALONE.some((name) => existsSync(join(dir, name)))
  return existsSync(below) && !isEvidence ? below : dir
}

/** A run's directory has a verdict too. */
const OF_EVIDENCE_ALONE = Object.values(BUNDLE_FILES).filter(
  (name) => name !== BUNDLE_FILES.verdict,
)

const formatSchema = z.object({ format: z.string() })

async function readFacts(folder: string, dir: string): Promise<RunFacts> {
  const value = jsonIn(await readOr(join(folder, BUNDLE_FILES.run), dir))
  const { data } = formatSchema.safeParse(value)
  if (data !== undefined && data.format !== BUNDLE_FORMAT) {
    throw new UsageError(
      `The run in ${dir} is written in the format ${data.format}, and this version reads ${BUNDLE_FORMAT}: use the version that wrote it.`,
    )
  }
  const facts = runFactsSchema.safeParse(value)
  if (!data || !facts.success) throw damaged(folder, BUNDLE_FILES.run)
  return facts.data
}

async function readOr(file: string, dir: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new UsageError(
      `There is no run in ${dir}: run "verify" first, or name the directory that it wrote to.`,
    )
  }
}

function damaged(folder: string, what: string): UsageError {
  return new UsageError(
    `Failed to read ${what} in ${folder}: it is not what "verify" writes; "evidence verify" says what was changed.`,
  )
}

/** Its fields are our own, and stable. */
function isVerdict(value: unknown): value is Verdict {
  const { target, scenarios, rules, findings, coverage } = Object(value)
  const lists = [rules, findings, coverage].every((each) => Array.isArray(each))
  return typeof target === 'string' && typeof scenarios === 'object' && lists
}
