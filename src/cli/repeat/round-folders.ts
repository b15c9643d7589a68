import { existsSync, readdirSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { reportFiles } from '../report-files.ts'
import { partsIn } from '../resume/read-parts.ts'

/** Where a round writes, below the directory of all. */
export function roundFolder(out: string, round: number): string {
  return join(out, 'rounds', String(round).padStart(5, '0'))
}

/** How many rounds have begun. */
export function roundsBegun(dir: string): number {
  const folder = join(dir, 'rounds')
  if (!existsSync(folder)) return 0
  return Math.max(
    0,
    ...readdirSync(folder)
      .filter((name) => /^\d{5,}$/.test(name))
      .map(Number),
  )
}

/** The verdict that a round has sealed; nothing where it was broken off. */
export async function sealedVerdict(folder: string): Promise<Verdict | undefined> {
  const evidence = join(folder, 'evidence')
  if (!existsSync(join(evidence, BUNDLE_FILES.manifest))) return undefined
  return JSON.parse(await readFile(join(evidence, BUNDLE_FILES.verdict), 'utf8'))
}

/** Takes the pages of a round away, and leaves its sealed evidence: everything can be made of it. */
export async function thin(folder: string): Promise<void> {
  const { allureHtml, allureResults, cucumberHtml, junit, messages } = reportFiles(folder)
  for (const path of [allureHtml, allureResults, cucumberHtml, junit, messages]) {
    await rm(path, { recursive: true, force: true })
  }
}

/** Takes away the rounds of an earlier run: what is no round stays where it is. */
export async function removeRounds(dir: string): Promise<void> {
  const count = roundsBegun(dir)
  for (let round = 1; round <= count; round += 1) {
    const folder = roundFolder(dir, round)
    const isRound = existsSync(join(folder, 'evidence')) || partsIn(folder) > 0
    if (isRound) await rm(folder, { recursive: true, force: true })
  }
}
