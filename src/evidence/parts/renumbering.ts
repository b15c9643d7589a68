import type { Exchange } from '../exchange.ts'
import type { Finding } from '../finding.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'
import { isRunsOwn, THE_RUN_ITSELF } from '../verdict.ts'

/**
 * How exchanges of one part of a run are called in the whole. Those of a scenario keep their numbers: it
 * is in one part only. Every part has exchanges of the run itself, and numbers them from 1.
 */
export interface Renumbering {
  /** Added to the numbers of what the part sent of itself. */
  readonly own: number
  /** Added to the numbers of what the part itself was judged on. */
  readonly judged: number
  /** What a scenario of the part is called in the whole. */
  readonly label: (label: string) => string
}

/** An exchange by scenario and number. */
interface Place {
  readonly scenario: string
  readonly number: number
}

export function placeIn({ own, judged, label }: Renumbering, { scenario, number }: Place): Place {
  if (isRunsOwn(scenario)) return { scenario, number: number + own }
  if (scenario === THE_RUN_ITSELF) return { scenario, number: number + judged }
  return { scenario: label(scenario), number }
}

/** @param name - `<scenario>, exchange <number>`, as exchanges name those that others made. */
export function nameIn(renumbering: Renumbering, name: string): string {
  const [, from, digits] = /^(.*), exchange (\d+)$/s.exec(name) ?? []
  if (from === undefined) return name
  const { scenario, number } = placeIn(renumbering, { scenario: from, number: Number(digits) })
  return `${scenario}, exchange ${number}`
}

/** A scenario as it stands in the whole. */
export function scenarioIn(renumbering: Renumbering, scenario: ScenarioRecord): ScenarioRecord {
  const { evidence } = scenario
  if (!evidence?.exchanges.some(({ sharedFrom }) => sharedFrom !== undefined)) return scenario
  const exchanges = evidence.exchanges.map((exchange) => sharedIn(renumbering, exchange))
  return { ...scenario, evidence: { ...evidence, exchanges } }
}

/** What a part did of itself, as it stands in the whole. */
export function ownIn(renumbering: Renumbering, own: ScenarioEvidence): ScenarioEvidence {
  const { judged } = renumbering
  const moved = <T extends { readonly exchange: number }>(one: T): T => ({
    ...one,
    exchange: one.exchange + judged,
  })
  const found = (findings: readonly Finding[]) =>
    findings.map(({ exchanges, contradicts, ...finding }) => ({
      ...finding,
      exchanges: exchanges.map((number) => number + judged),
      ...(contradicts && { contradicts: moved(contradicts) }),
    }))
  return {
    ...own,
    exchanges: own.exchanges.map((exchange) => ({
      ...sharedIn(renumbering, exchange),
      number: exchange.number + judged,
    })),
    orders: own.orders.map((order) => ({
      ...order,
      observations: order.observations.map(moved),
      findings: found(order.findings),
    })),
    refused: own.refused.map(moved),
    findings: found(own.findings),
    variants: own.variants.map(moved),
  }
}

function sharedIn(renumbering: Renumbering, exchange: Exchange): Exchange {
  const { sharedFrom } = exchange
  if (sharedFrom === undefined) return exchange
  return { ...exchange, sharedFrom: nameIn(renumbering, sharedFrom) }
}
