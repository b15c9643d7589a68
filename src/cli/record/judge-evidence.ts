import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { type BundleJudgement, judgeBundle } from '../../evidence/bundle/judge-bundle.ts'
import type { BundleContent } from '../../evidence/bundle/statement.ts'
import { reportFiles } from '../report-files.ts'
import { bundleContent } from './bundle-content.ts'
import { evidenceIn } from './read-run.ts'
import { sha256OfFile } from './sha256-of-file.ts'

/** The evidence of a run as it lies there, and what it was found to be. */
interface JudgedEvidence {
  readonly folder: string
  /** All but the manifest. */
  readonly files: BundleContent
  /** Absent where there is none. */
  readonly manifest: string | undefined
  readonly judged: BundleJudgement
}

/**
 * Reads the evidence of a run and computes again all that it says of itself: one check for all commands
 * that build on it, so that none believes what another one calls altered.
 *
 * @param dir - Where the run wrote, or its folder of evidence.
 * @param key - Whose signature it must bear; without it, no signature is checked.
 */
export async function judgeEvidence(
  dir: string,
  key: KeyObject | undefined,
): Promise<JudgedEvidence> {
  const folder = evidenceIn(dir)
  const files = await bundleContent(folder)
  const manifest = await readIfThere(join(folder, BUNDLE_FILES.manifest))
  const verdictBeside = await readVerdictBeside(folder)
  const beside = messagesBeside(folder)
  const messages = beside === undefined ? undefined : await sha256OfFile(beside)
  const bundle = { files, manifest, verdictBeside, messagesBeside: messages }
  return { folder, files, manifest, judged: judgeBundle(bundle, key) }
}

/** A run's verdict lies beside the folder of its evidence too. */
async function readVerdictBeside(folder: string): Promise<string | undefined> {
  return basename(folder) === 'evidence'
    ? readIfThere(join(dirname(folder), BUNDLE_FILES.verdict))
    : undefined
}

/** Where a run leaves Cucumber's messages: beside the folder of its evidence. */
function messagesBeside(folder: string): string | undefined {
  return basename(folder) === 'evidence' ? reportFiles(dirname(folder)).messages : undefined
}

async function readIfThere(file: string): Promise<string | undefined> {
  return existsSync(file) ? await readFile(file, 'utf8') : undefined
}
