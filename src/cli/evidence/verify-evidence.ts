import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { ExitCode } from '../exit-code.ts'
import { readPublicKey } from '../record/evidence-key.ts'
import { judgeEvidence } from '../record/judge-evidence.ts'
import { evidenceIn } from '../record/read-run.ts'
import { UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { judgementText } from './judgement-text.ts'

/**
 * Says what of a bundle is intact, missing, added, truncated or altered. Nothing is contacted, and
 * nothing is written.
 *
 * @param dir - Where a run wrote, or its folder of evidence.
 * @returns 0: intact. 1: something is not. 2: the verdict could not be computed again, all else is
 * intact.
 * @throws {UsageError} There is no bundle, or no such key.
 */
export async function verifyEvidence(
  dir: string,
  { key: keyFile }: { readonly key?: string },
  { cwd, stdout }: Pick<CommandEnvironment, 'cwd' | 'stdout'>,
): Promise<ExitCode> {
  const folder = evidenceIn(resolve(cwd, dir))
  const names = Object.values(BUNDLE_FILES)
  if (!names.some((name) => existsSync(join(folder, name)))) {
    throw new UsageError(
      `There is no evidence in ${dir}: name the directory that "verify" wrote to, or its folder "evidence".`,
    )
  }
  const key = keyFile === undefined ? undefined : readPublicKey(keyFile, cwd)
  const { files, manifest, judged } = await judgeEvidence(folder, key)
  const shown = relative(cwd, folder)
  stdout.write(
    `${judgementText(judged, {
      where: shown.startsWith('..') ? folder : shown,
      names: [...files.keys(), ...(manifest === undefined ? [] : [BUNDLE_FILES.manifest])],
      isKeyGiven: key !== undefined,
    })}\n`,
  )
  if (judged.flaws.length > 0 || judged.isUnfinished) return 1
  return judged.notRecomputed === undefined ? 0 : 2
}
