import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { scenarioLineSchema } from '../../evidence/bundle/scenario-lines.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import type { RunPart } from '../../evidence/record/run-facts.ts'
import type { RunStory } from '../../evidence/record/run-story.ts'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'
import { readIntactRun } from '../record/read-intact-run.ts'
import { evidenceIn } from '../record/read-run.ts'
import { ScenarioArchive } from '../record/scenario-archive.ts'
import { linesOf } from './stream-lines.ts'

/** A run that is a part of another. */
export interface Part extends Omit<RunStory, 'verdict'> {
  /** As readers are to be told. */
  readonly dir: string
  /** Its folder of evidence. */
  readonly folder: string
  /** What it came to; absent where it was broken off before it came to anything. */
  readonly verdict?: RunStory['verdict']
  readonly digests: RunPart['digests']
  /** Whether its evidence vouches for its messages, byte for byte. */
  readonly isVouchedFor?: boolean
}

/**
 * Reads a part that has come to its end, and computes again all that its evidence says of itself.
 *
 * @throws {UsageError} There is no run, it was broken off, or it is not as it was written.
 */
export async function readPart(dir: string, cwd: string): Promise<Part> {
  const { record, messages } = await readIntactRun(dir, cwd)
  const { run, verdict, own } = record
  const folder = evidenceIn(resolve(cwd, dir))
  // Only beside a folder of this name are messages looked for.
  const isVouchedFor = messages !== undefined && basename(folder) === 'evidence'
  const { manifest } = BUNDLE_FILES
  const digests = { [manifest]: sha256(await readFile(join(folder, manifest))) }
  const scenarios = await headsIn(folder)
  return { run, verdict, scenarios, ...(own && { own }), dir, folder, digests, isVouchedFor }
}

/** The scenarios that ended, as a folder of evidence tells them: each is read when it is asked for. */
export async function headsIn(folder: string): Promise<readonly ScenarioHead[]> {
  const file = join(folder, BUNDLE_FILES.scenarios)
  const archive = new ScenarioArchive(file)
  for await (const { text, ...place } of linesOf(file)) {
    const line = scenarioLineSchema.safeParse(jsonIn(text)).data
    if (line) archive.add(line.scenario, place)
  }
  return archive.heads
}
