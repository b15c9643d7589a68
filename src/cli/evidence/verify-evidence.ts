import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { Flaw } from '../../evidence/bundle/flaw.ts'
import { judgeBundle } from '../../evidence/bundle/judge-bundle.ts'
import type { ExitCode } from '../exit-code.ts'
import { bundleContent } from '../record/bundle-content.ts'
import { readPublicKey } from '../record/evidence-key.ts'
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
  const files = await bundleContent(folder)
  const manifest = await readIfThere(join(folder, BUNDLE_FILES.manifest))
  const judged = judgeBundle({ files, manifest }, key)
  const flaws = [...judged.flaws, ...(await copyFlaws(folder, files.get(BUNDLE_FILES.verdict)))]
  const judgement = { ...judged, flaws }
  const shown = relative(cwd, folder)
  stdout.write(
    `${judgementText(judgement, {
      where: shown.startsWith('..') ? folder : shown,
      names: [...files.keys(), ...(manifest === undefined ? [] : [BUNDLE_FILES.manifest])],
      isKeyGiven: key !== undefined,
    })}\n`,
  )
  if (flaws.length > 0 || judged.isUnfinished) return 1
  return judged.notRecomputed === undefined ? 0 : 2
}

/** The verdict lies beside the folder too, for scripts: it is to be the same. */
async function copyFlaws(folder: string, verdict: Uint8Array | undefined): Promise<Flaw[]> {
  if (basename(folder) !== 'evidence') return []
  const copy = await readIfThere(join(dirname(folder), BUNDLE_FILES.verdict))
  if (copy === undefined || verdict === undefined || copy === Buffer.from(verdict).toString()) {
    return []
  }
  const detail = `it is not the ${BUNDLE_FILES.verdict} of the bundle`
  return [{ kind: 'altered', file: `../${BUNDLE_FILES.verdict}`, detail }]
}

async function readIfThere(file: string): Promise<string | undefined> {
  return existsSync(file) ? await readFile(file, 'utf8') : undefined
}
