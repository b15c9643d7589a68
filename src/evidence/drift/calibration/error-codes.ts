import type { DriftReport } from '../drift-report.ts'
import { type Contradiction, type KeyProposal, type Proposal, witnessesOf } from './proposal.ts'
import type { Witnessed } from './sighting.ts'

/** What codes came to, each by itself: one may contradict itself, and the others hold. */
export interface LearnedCodes {
  readonly proposal: Proposal | undefined
  readonly contradictions: readonly Contradiction[]
}

/** A single code; where a step was refused for several reasons, nobody can tell which is which. */
const CODE = /^[^|\s]+$/

/**
 * Which code the endpoint has for each reason of the simulation, where both refused the same request.
 * Setting 11.
 */
export function errorCodes(report: DriftReport): LearnedCodes {
  const pairs = report.groups
    .filter(({ rule }) => rule === 'drift.reason')
    .flatMap(({ occurrences }) => occurrences)
    .filter(({ simulation, endpoint }) => CODE.test(simulation.value) && CODE.test(endpoint.value))
    .map(({ scenario, simulation, endpoint }) => ({
      reason: reasonOf(simulation.value),
      told: {
        setting: 'errorCodes',
        value: endpoint.value,
        scenario,
        exchange: endpoint.exchanges[0] ?? 1,
      } satisfies Witnessed,
    }))
  const codes: Record<string, unknown> = {}
  const keys: KeyProposal[] = []
  const witnesses: Witnessed[] = []
  const contradictions: Contradiction[] = []
  for (const [reason, same] of Map.groupBy(pairs, (each) => each.reason)) {
    const byCode = Map.groupBy(same, ({ told }) => told.value)
    if (byCode.size === 1) {
      codes[reason] = same[0]?.told.value
      const told = witnessesOf(same.map((each) => each.told))
      const certainty = told.scenarios > 1 ? 'sure' : 'seen once'
      keys.push({ key: reason, value: codes[reason], certainty, ...told })
      witnesses.push(...same.map((each) => each.told))
    } else {
      contradictions.push({
        setting: 'errorCodes',
        key: reason,
        because: `the endpoint tells apart what the simulation calls ${reason}`,
        values: [...byCode].map(([value, told]) => ({
          value,
          ...witnessesOf(told.map((each) => each.told)),
        })),
      })
    }
  }
  const isAny = witnesses.length > 0
  return {
    proposal: isAny
      ? {
          ...{ setting: 'errorCodes', value: codes, keys, ...witnessesOf(witnesses) },
          certainty: keys.some((each) => each.certainty === 'seen once') ? 'seen once' : 'sure',
        }
      : undefined,
    contradictions,
  }
}

/** `MISSING_FIELD` is the code of the reason `missing-field`, unless settings gave it another one. */
function reasonOf(code: string): string {
  return code.toLowerCase().replaceAll('_', '-')
}
