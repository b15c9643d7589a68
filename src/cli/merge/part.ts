import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import type { RunPart } from '../../evidence/record/run-facts.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { readIntactRun } from '../record/read-intact-run.ts'
import { evidenceIn } from '../record/read-run.ts'

/** A run that is a part of another. */
export interface Part extends Omit<RunRecord, 'verdict'> {
  /** As readers are to be told. */
  readonly dir: string
  /** Its folder of evidence. */
  readonly folder: string
  /** What it came to; absent where it was broken off before it came to anything. */
  readonly verdict?: RunRecord['verdict']
  readonly digests: RunPart['digests']
}

/**
 * Reads a part that has come to its end, and computes again all that its evidence says of itself.
 *
 * @throws {UsageError} There is no run, it was broken off, or it is not as it was written.
 */
export async function readPart(dir: string, cwd: string): Promise<Part> {
  const { record } = await readIntactRun(dir, cwd)
  const folder = evidenceIn(resolve(cwd, dir))
  const manifest = await readFile(join(folder, BUNDLE_FILES.manifest))
  return { ...record, dir, folder, digests: { [BUNDLE_FILES.manifest]: sha256(manifest) } }
}
