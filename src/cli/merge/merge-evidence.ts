import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES, FEATURES_FOLDER } from '../../evidence/bundle/bundle-files.ts'
import type { ChainWriter } from '../../evidence/bundle/chain-writer.ts'
import { transcriptLineSchema } from '../../evidence/bundle/transcript-line.ts'
import { mergedOwn } from '../../evidence/parts/merged-own.ts'
import {
  nameIn,
  ownIn,
  placeIn,
  type Renumbering,
  scenarioIn,
} from '../../evidence/parts/renumbering.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { inFileOrder, isRunsOwn, labelOf } from '../../evidence/verdict.ts'
import type { RunRecorder } from '../record/run-recorder.ts'
import type { Part } from './part.ts'
import { linesOf } from './stream-lines.ts'

/**
 * Writes what the parts saw as one run would have: scenarios in the order of the feature files, and what an
 * endpoint was sent in the order of the parts. On a simulation the scenarios hold all that was sent.
 *
 * @returns What the parts did of themselves.
 */
export async function mergeEvidence(
  parts: readonly Part[],
  recorder: RunRecorder,
): Promise<ScenarioEvidence | undefined> {
  const owns: ScenarioEvidence[] = []
  const scenarios: { uri: string; line: number; note: () => void }[] = []
  let [sent, judged] = [0, 0]
  for (const [at, part] of parts.entries()) {
    const kept = new Set(part.scenarios.map(labelOf))
    const renumbering: Renumbering = {
      ...{ own: sent, judged },
      label: (label) => (kept.has(label) ? label : `broken off in part ${at + 1}: ${label}`),
    }
    for (const { uri, line, whole } of part.scenarios) {
      scenarios.push({ uri, line, note: () => recorder.note(scenarioIn(renumbering, whole())) })
    }
    if (part.own) {
      const own = ownIn(renumbering, part.own)
      owns.push(own)
      judged = Math.max(judged, ...own.exchanges.map(({ number }) => number))
    }
    if (!isSimulated(part.run.target)) {
      sent = Math.max(sent, await copyTranscript(part, renumbering, recorder.transcript))
    }
  }
  for (const { note } of inFileOrder(scenarios)) note()
  return mergedOwn(owns)
}

/** Copies the features as run: those of all parts are the same. */
export async function copyFeatures({ folder }: Part, evidence: string): Promise<void> {
  const [from, to] = [join(folder, FEATURES_FOLDER), join(evidence, FEATURES_FOLDER)]
  await cp(from, to, { recursive: true })
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
