import { type ScenarioEvidence, scenarioEvidenceSchema } from './scenario-evidence.ts'

/** Where the evidence of scenarios stands, beside Cucumber's messages. */
const PLACE = 'evidence/scenarios.ndjson'

/** What stands in Cucumber's messages for what a scenario saw: where it is to be found. JSON, in base64. */
export const EVIDENCE_ELSEWHERE = inBase64({ see: PLACE })

/** How many in this thread take over what a scenario saw as it is. */
let takers = 0
let latest: ScenarioEvidence | undefined

/**
 * From now on, documents that are written in this thread are taken over as they are, with `evidenceIn`.
 *
 * @returns Ends it; again, it does nothing.
 */
export function takeEvidenceOver(): () => void {
  takers += 1
  let isTaking = true
  return () => {
    if (isTaking) takers -= 1
    isTaking = false
  }
}

/**
 * What a scenario saw, for Cucumber's messages, which alone come from every thread: JSON, in base64. Where it is taken
 * over in this very thread, a document says only where it will stand.
 */
export function evidenceDocument(evidence: ScenarioEvidence): string {
  if (takers === 0) return inBase64(evidence)
  latest = evidence
  return EVIDENCE_ELSEWHERE
}

/**
 * What a document says; nothing where it is not in its own form. One that comes from another thread is looked
 * through; of one that was written in this thread just now, its type says what it is.
 *
 * @param document - As it travelled.
 * @param json - The text that it is; asked for only where it must be read.
 * @throws {SyntaxError} It is no JSON.
 */
export function evidenceIn(document: string, json: () => string): ScenarioEvidence | undefined {
  const taken = document === EVIDENCE_ELSEWHERE ? latest : undefined
  latest = undefined
  return taken ?? scenarioEvidenceSchema.safeParse(JSON.parse(json())).data
}

function inBase64(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64')
}
