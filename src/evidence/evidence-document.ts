import { type ScenarioEvidence, scenarioEvidenceSchema } from './scenario-evidence.ts'

/** The last document that was written in this thread, and what it says. */
let latest: { readonly text: string; readonly evidence: ScenarioEvidence } | undefined

/** What a scenario saw as it travels in Cucumber's messages: JSON, in base64. */
export function evidenceDocument(evidence: ScenarioEvidence): string {
  const text = Buffer.from(JSON.stringify(evidence)).toString('base64')
  latest = { text, evidence }
  return text
}

/**
 * What a document says; nothing where it is not in its own form. One that was written in this very thread just now
 * need not be taken apart: it is looked at as what it was made of.
 *
 * @param document - As it travelled.
 * @param json - The text that it is; asked for only where it must be read.
 * @throws {SyntaxError} It is no JSON.
 */
export function evidenceIn(document: string, json: () => string): ScenarioEvidence | undefined {
  const known = latest?.text === document ? latest.evidence : undefined
  latest = undefined
  return scenarioEvidenceSchema.safeParse(known ?? JSON.parse(json())).data
}
