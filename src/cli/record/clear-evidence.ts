import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES, FEATURES_FOLDER } from '../../evidence/bundle/bundle-files.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Makes the folder of a run's evidence, and takes away what an earlier run left there. It holds
 * nothing else: what nobody wrote down has no place in a bundle, and is not taken away either.
 *
 * @throws {UsageError} It holds something that is no run's.
 */
export async function clearEvidence(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const own: readonly string[] = [...Object.values(BUNDLE_FILES), FEATURES_FOLDER]
  const names = await readdir(folder)
  const strange = names.find((name) => !own.includes(name) && !isHalf(name))
  if (strange !== undefined) {
    throw new UsageError(
      `Failed to write evidence to ${folder}: it holds ${strange}, which no run has written; move it elsewhere, or choose another directory with --out.`,
    )
  }
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
}

/** What a killed run had begun to write. */
function isHalf(name: string): boolean {
  return /^[\w.]+\.json\.\d+\.tmp$/.test(name)
}
