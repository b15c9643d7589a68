import { type ScenarioRecord, type StepRecord, wordsOf } from '../record/scenario-record.ts'
import { labelOf } from '../verdict.ts'
import type { NumberedFinding } from './certificate.ts'
import { byStep, OUTSIDE } from './exchanges-by-step.ts'
import { observedIn } from './observed-in.ts'

/** One line of a scenario's sheet. */
export interface SheetRow {
  /** Of the step, from 1; absent for what the run did between or after the steps. */
  readonly number?: number
  /** What was done; absent where something was only expected. */
  readonly action?: string
  /** What had to be seen; absent where something was only done. */
  readonly expected?: string
  /** A table or text that belongs to the step. */
  readonly argument?: string
  readonly observed: readonly string[]
  /** `notVerified`: it was begun, and gave no chance to see what it expects. */
  readonly status: StepRecord['status'] | 'notVerified'
  /** Numbers of the findings whose last exchange was made here. */
  readonly findings: readonly number[]
}

/** What a scenario did, should have seen, and saw, step by step. */
export interface ScenarioSheet {
  readonly label: string
  readonly scenario: ScenarioRecord
  readonly rows: readonly SheetRow[]
}

/** @param findings - All of the run. */
export function scenarioSheet(
  scenario: ScenarioRecord,
  findings: readonly NumberedFinding[],
): ScenarioSheet {
  const label = labelOf(scenario)
  const own = findings.filter((finding) => finding.scenario === label)
  const exchanges = byStep(scenario)
  const numbersIn = (at: number | string) => (exchanges.get(at) ?? []).map(({ number }) => number)
  const findingsAt = (at: number | string) =>
    own
      .filter(({ exchanges: shown }) => numbersIn(at).includes(shown.at(-1) ?? 0))
      .map(({ number }) => number)
  let isObserved = [...exchanges.keys()].some((key) => typeof key === 'string')
  const steps = scenario.steps.map((step, at): SheetRow => {
    const text = wordsOf(step)
    const seen = observedIn(exchanges.get(at) ?? [], scenario.evidence)
    isObserved ||= seen.length > 0
    const found = findingsAt(at)
    const isBegun = step.status === 'skipped' && seen.length > 0
    return {
      number: at + 1,
      ...(step.kind === 'outcome' ? { expected: text } : { action: text }),
      ...(step.argument !== undefined && { argument: step.argument }),
      observed: [...seen, ...saidOf(step, { isSent: seen.length > 0, isObserved })],
      status: isBegun ? (found.length > 0 ? 'failed' : 'notVerified') : step.status,
      findings: found,
    }
  })
  const between = [...exchanges.keys()].filter((key) => typeof key === 'string')
  const others = between.map((title): SheetRow => {
    const found = findingsAt(title)
    return {
      action: title === OUTSIDE ? 'Outside of the steps' : title,
      observed: observedIn(exchanges.get(title) ?? [], scenario.evidence),
      status: found.length > 0 ? 'failed' : 'passed',
      findings: found,
    }
  })
  return { label, scenario, rows: [...steps, ...others] }
}

/**
 * @param isSent - Whether the step has exchanged anything.
 * @param isObserved - Whether it, or a step before it, has.
 */
function saidOf(
  { kind, status, message }: StepRecord,
  { isSent, isObserved }: { readonly isSent: boolean; readonly isObserved: boolean },
): string[] {
  if (status === 'failed') return [message ?? 'it failed without a message']
  if (status === 'skipped') {
    return [isSent ? (message ?? 'broken off; what it expects was not seen') : 'not run']
  }
  if (isSent) return []
  if (kind !== 'outcome') return ['done; nothing was sent']
  // Nobody is to take for an observation what was looked up in the order models alone.
  return [isObserved ? 'as expected, by what was observed before' : 'as expected; nothing was sent']
}
