import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES, FEATURES_FOLDER } from '../../evidence/bundle/bundle-files.ts'
import type { ChainWriter } from '../../evidence/bundle/chain-writer.ts'
import { transcriptLineSchema } from '../../evidence/bundle/transcript-line.ts'
import {
  nameIn,
  ownIn,
  placeIn,
  type Renumbering,
  scenarioIn,
} from '../../evidence/parts/renumbering.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { inFileOrder, isRunsOwn, labelOf } from '../../evidence/verdict.ts'
import type { Part } from './part.ts'
import { linesOf } from './stream-lines.ts'

/** What the parts saw, numbered as one run would have. */
export interface MergedEvidence {
  /** In the order of the feature files. */
  readonly scenarios: readonly ScenarioRecord[]
  readonly owns: readonly ScenarioEvidence[]
}

/** Copies the features as run: those of all parts are the same. */
export async function copyFeatures({ folder }: Part, evidence: string): Promise<void> {
  const [from, to] = [join(folder, FEATURES_FOLDER), join(evidence, FEATURES_FOLDER)]
  await cp(from, to, { recursive: true })
}

/**
 * Takes the evidence of the parts together, in their order.
 *
 * @param transcript - Where to what was sent goes; absent on a simulation, where scenarios hold it all.
 */
export async function mergeEvidence(
  parts: readonly Part[],
  transcript: ChainWriter | undefined,
): Promise<MergedEvidence> {
  const scenarios: ScenarioRecord[] = []
  const owns: ScenarioEvidence[] = []
  let [sent, judged] = [0, 0]
  for (const [at, part] of parts.entries()) {
    const kept = new Set(part.scenarios.map(labelOf))
    const renumbering: Renumbering = {
      ...{ own: sent, judged },
      label: (label) => (kept.has(label) ? label : `broken off in part ${at + 1}: ${label}`),
    }
    scenarios.push(...part.scenarios.map((scenario) => scenarioIn(renumbering, scenario)))
    if (part.own) {
      owns.push(ownIn(renumbering, part.own))
      judged = Math.max(judged, ...(owns.at(-1)?.exchanges ?? []).map(({ number }) => number))
    }
    if (transcript) sent = Math.max(sent, await copyTranscript(part, renumbering, transcript))
  }
  return { scenarios: inFileOrder(scenarios), owns }
}

/** @returns The highest number of what the part sent of itself, as numbered in the whole. */
async function copyTranscript(
  { folder }: Part,
  renumbering: Renumbering,
  transcript: ChainWriter,
): Promise<number> {
  let most = renumbering.own
  for await (const { text } of linesOf(join(folder, BUNDLE_FILES.transcript))) {
    const { record: _, previous: __, ...content } = JSON.parse(text)
    const line = transcriptLineSchema.safeParse(content).data
    if (!line) continue
    const place = placeIn(renumbering, line)
    if (isRunsOwn(place.scenario)) most = Math.max(most, place.number)
    const from = line.from === undefined ? {} : { from: nameIn(renumbering, line.from) }
    transcript.append({ ...content, ...place, ...from })
  }
  return most
}
