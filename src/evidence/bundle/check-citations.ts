import { isDeepStrictEqual } from 'node:util'
import { type Exchange, exchangeSchema } from '../exchange.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'
import { shown } from '../shown.ts'
import { labelOf, THE_RUN_ITSELF } from '../verdict.ts'
import { BUNDLE_FILES } from './bundle-files.ts'
import { type Chain, recordsOf } from './chain.ts'
import type { Flaw } from './flaw.ts'
import type { ReadScenarios } from './read-scenarios.ts'
import { transcriptLineSchema } from './transcript-line.ts'

/** What a transcript tells, as `<scenario>, exchange <number>`. */
interface Told {
  /** Exchanges, with the numbers of their records. */
  readonly exchanges: ReadonlyMap<string, { readonly record: number; readonly exchange: Exchange }>
  /** Which of them stands for another, where one transcript took up those of others. */
  readonly judged: ReadonlyMap<string, string>
}

/** What the scenarios say they saw, and no transcript says; and what they say of it that they did not. */
export function citationFlaws(
  { scenarios, run, strange }: ReadScenarios,
  transcript: Chain,
): readonly Flaw[] {
  const told = toldIn(transcript)
  const file = BUNDLE_FILES.scenarios
  const own = run?.own ? [{ record: run.record, label: THE_RUN_ITSELF, evidence: run.own }] : []
  return [
    ...strange.map(
      (record): Flaw => ({ kind: 'altered', file, record, detail: 'it tells of no scenario' }),
    ),
    ...[
      ...scenarios.map(({ record, scenario }) => ({
        ...{ record, label: labelOf(scenario), evidence: scenario.evidence },
      })),
      ...own,
    ].flatMap(({ record, label, evidence }) =>
      evidence === undefined
        ? []
        : [...notThere(evidence, label, told), ...notSeen(evidence)].map(
            (detail): Flaw => ({ kind: 'altered', file, record, detail: `${label}: ${detail}` }),
          ),
    ),
  ]
}

/** Exchanges of a scenario that do not stand so in the transcript. */
function notThere(evidence: ScenarioEvidence, label: string, told: Told): string[] {
  const where = BUNDLE_FILES.transcript
  return evidence.exchanges.flatMap((exchange) => {
    const name = `${label}, exchange ${exchange.number}`
    const from = told.judged.get(name) ?? name
    const found = told.exchanges.get(from)
    const isShared = exchange.sharedFrom === undefined || exchange.sharedFrom === from
    if (!found || !isShared) return [`its exchange ${exchange.number} is not in ${where}`]
    return isSame(exchange, found.exchange) || isSame(exchange, shown(found.exchange))
      ? []
      : [`its exchange ${exchange.number} is not record ${found.record} of ${where}`]
  })
}

/** Whether it is the same but for the number that each transcript gives it. */
function isSame(one: Exchange, other: Exchange): boolean {
  const plain = ({ number: _, sharedFrom: __, ...rest }: Exchange) => rest
  return isDeepStrictEqual(plain(one), plain(other))
}

/** Exchanges that its findings cite, and it has not. */
function notSeen({ findings, exchanges }: ScenarioEvidence): string[] {
  const numbers = new Set(exchanges.map(({ number }) => number))
  return findings.flatMap(({ code, exchanges: cited }) =>
    cited
      .filter((number) => !numbers.has(number))
      .map((number) => `its finding ${code} cites exchange ${number}, which it has not`),
  )
}

function toldIn(transcript: Chain): Told {
  const exchanges = new Map<string, { record: number; exchange: Exchange }>()
  const judged = new Map<string, string>()
  for (const { content, at } of recordsOf(transcript)) {
    const line = transcriptLineSchema.safeParse(content).data
    if (!line) continue
    const name = `${line.scenario}, exchange ${line.number}`
    if (line.phase === 'judged') judged.set(name, line.from ?? '')
    const exchange = line.phase === 'ended' ? exchangeSchema.safeParse(content).data : undefined
    if (exchange) exchanges.set(name, { record: content?.record ?? at, exchange })
  }
  return { exchanges, judged }
}
