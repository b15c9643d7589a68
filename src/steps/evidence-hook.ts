import type { ITestCaseHookParameter, IWorld } from '@cucumber/cucumber'
import { assert } from 'chai'
import { cut } from '../evidence/cut.ts'
import { evidenceDocument } from '../evidence/evidence-document.ts'
import { asText, titleOf } from '../evidence/exchange.ts'
import { sentenceOf } from '../evidence/finding.ts'
import { remembering } from '../evidence/remembering.ts'
import {
  SCENARIO_EVIDENCE,
  type ScenarioEvidence,
  type ScenarioFacts,
  scenarioEvidence,
} from '../evidence/scenario-evidence.ts'
import { orderDiagram, refusedDiagram } from '../evidence/state-diagram.ts'
import { refusalText, timelineText } from '../evidence/timeline-text.ts'
import type { Transcript } from '../evidence/transcript.ts'
import { workflowDiagram } from '../evidence/workflow-diagram.ts'
import { lifecycleOf } from '../machines/lifecycle.ts'

/** So much is shown of a scenario; the evidence has all of it. In characters, and in exchanges. */
const MOST_CHARACTERS = 200_000
const MOST_EXCHANGES = 200

/** Taken from there by who collects. */
const DOCUMENT = { mediaType: `base64:${SCENARIO_EVIDENCE}`, fileName: 'Scenario evidence.json' }
/** Of an attempt that does not count, which stands nowhere else. */
const ATTEMPT = { mediaType: 'application/json', fileName: 'Evidence of an attempt.json' }

export interface EvidenceHookOptions extends Omit<ScenarioFacts, 'scenario'> {
  readonly transcript: Transcript
  readonly attach: IWorld['attach']
  readonly pickle: ITestCaseHookParameter['pickle']
  /** Whether this is an attempt after which there is another one: the last one counts. */
  readonly willBeRetried?: boolean | undefined
  /** Whether the document alone is attached, and nothing for people to look at. */
  readonly evidenceOnly?: boolean | undefined
}

/**
 * Attaches what a scenario saw, first what a reader looks for first: the story of each order, every
 * exchange, the state diagrams; last the document from which the verdict is computed.
 *
 * To be called once, in an After hook, for every scenario whatever became of it: a scenario without
 * the document counts as not verified.
 */
export async function attachEvidence(options: EvidenceHookOptions): Promise<ScenarioEvidence> {
  const {
    transcript,
    attach,
    pickle,
    evidenceOnly = false,
    willBeRetried = false,
    ...facts
  } = options
  const { uri, name, location } = pickle
  const evidence = scenarioEvidence(transcript, {
    ...facts,
    scenario: { uri, name, line: location?.line ?? 1 },
  })
  if (!evidenceOnly) await attachPages(evidence, attach)
  if (willBeRetried) await attach(JSON.stringify(evidence), ATTEMPT)
  else await attach(evidenceDocument(evidence), DOCUMENT)
  return evidence
}

/** What people look at. */
async function attachPages(
  evidence: ScenarioEvidence,
  attach: EvidenceHookOptions['attach'],
): Promise<void> {
  const text = (title: string, body: string) =>
    attach(cut(body, MOST_CHARACTERS), { mediaType: 'text/plain', fileName: title })
  // The Cucumber page shows no picture that is not base64.
  const picture = (title: string, svg: string) =>
    attach(base64Of(svg), { mediaType: 'base64:image/svg+xml', fileName: `${title}.svg` })

  for (const order of evidence.orders) {
    await text(`Timeline of order ${order.orderId}`, timelineText(order))
  }
  for (const refused of evidence.refused) {
    await text(`Placing refused in exchange ${refused.exchange}`, refusalText(refused))
  }
  for (const exchange of evidence.exchanges.slice(0, MOST_EXCHANGES)) {
    await text(exchangeTitle(exchange), asText(exchange))
  }
  const all = evidence.exchanges.length
  if (all > MOST_EXCHANGES) {
    await text(
      'More exchanges',
      `… [cut here: the first ${MOST_EXCHANGES} of ${all} exchanges are shown; the evidence of the run has them all]`,
    )
  }
  for (const order of evidence.orders) {
    await picture(`State diagram of order ${order.orderId}`, await orderDiagram(order))
  }
  for (const { orderType, exchange } of evidence.refused) {
    const svg = await refusedDiagram(lifecycleOf(orderType))
    await picture(`State diagram of the placing refused in exchange ${exchange}`, svg)
  }
  for (const { trader, visited } of evidence.workflows ?? []) {
    const title = `Trading workflow of ${trader}`
    await picture(title, await workflowDiagram(title, visited))
  }
}

/** The same few pictures come again and again, tens of kilobytes each. */
const PICTURES_KEPT = 100
const pictures = remembering<string>(PICTURES_KEPT)

function base64Of(svg: string): string {
  return pictures(svg, () => Buffer.from(svg).toString('base64'))
}

/** @throws {AssertionError} Something was observed that no document allows; lists every finding. */
export function assertNoFindings({ findings }: ScenarioEvidence): void {
  assert(findings.length === 0, findings.map(sentenceOf).join('\n'))
}

function exchangeTitle(exchange: ScenarioEvidence['exchanges'][number]): string {
  return `Exchange ${exchange.number}: ${titleOf(exchange)}`
}
