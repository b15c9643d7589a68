import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { Flaw } from '../../evidence/bundle/flaw.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'
import { headsIn, type Part, readPart } from '../merge/part.ts'
import { judgeEvidence } from '../record/judge-evidence.ts'
import { evidenceIn } from '../record/read-run.ts'
import { UsageError } from '../usage-error.ts'

/** Where the parts of a run lie, below its directory. */
const PARTS = 'parts'

export function partFolder(dir: string, number: number): string {
  return join(dir, PARTS, String(number))
}

/** How many parts of a run have begun, and are kept apart. */
export function partsIn(dir: string): number {
  const folder = join(dir, PARTS)
  if (!existsSync(folder)) return 0
  const numbers = readdirSync(folder)
    .filter((name) => /^[1-9]\d*$/.test(name))
    .filter((name) => existsSync(join(folder, name, 'evidence', BUNDLE_FILES.run)))
  return Math.max(0, ...numbers.map(Number))
}

/**
 * Reads a part of a run, however it ended: of one that was interrupted, the scenarios that came to their
 * end. The others were run in vain, and are run again.
 *
 * @param dir - As readers are to be told.
 * @throws {UsageError} It is not as it was written, or tells nothing.
 */
export async function readAnyPart(dir: string, cwd: string): Promise<Part> {
  const folder = evidenceIn(resolve(cwd, dir))
  if (existsSync(join(folder, BUNDLE_FILES.manifest))) {
    const part = await readPart(dir, cwd)
    return { ...part, scenarios: part.scenarios.filter((each) => !wasCutShort(each)) }
  }
  const { judged, files } = await judgeEvidence(resolve(cwd, dir), undefined)
  const { run } = judged
  const [flaw] = judged.flaws.filter((each) => !isOfInterruption(each))
  if (!run || flaw) {
    const why = flaw ? `${flaw.kind}: ${flaw.file}: ${flaw.detail}` : 'run.json tells nothing'
    throw new UsageError(
      `Failed to resume from the evidence in ${dir}: it is not as it was written: ${why}; run "verify" anew.`,
    )
  }
  const { scenarios, transcript } = BUNDLE_FILES
  const digests = Object.fromEntries(
    [scenarios, transcript].map((name) => [name, sha256(files.get(name) ?? '')]),
  )
  // What a signal left out is written down before the process ends, or is ended by another one.
  const ended = (await headsIn(folder)).filter((each) => !wasCutShort(each))
  return { run, scenarios: ended, dir, folder, digests }
}

/** What is wrong with evidence that was broken off, and nobody has done. */
function isOfInterruption({ kind, file, detail }: Flaw): boolean {
  const { manifest, verdict } = BUNDLE_FILES
  return (
    (kind === 'truncated' && detail === 'the last line has no end') ||
    (kind === 'missing' && (file === manifest || file === verdict))
  )
}

/**
 * Whether a scenario was left out, or given up, only because of what the run was: a signal had come, its time
 * or a cap was used up, or it may not trade. In one piece it could not have been judged; so it is run again.
 */
export function wasCutShort({ status, notVerified }: ScenarioHead): boolean {
  return status === 'notVerified' && CUT_SHORT.test(notVerified ?? '')
}

const CUT_SHORT =
  /\bthe run was interrupted by SIG|\bthe time of the run \(|\bthe cap of \d|\bthe user may not trade: /
