import { type CatalogueEntry, catalogue } from '../../evidence/rules/catalogue.ts'
import type { Severity } from '../../evidence/rules/rule.ts'
import { lifecycleArrows } from '../../machines/lifecycle-rules.ts'
import type { ProveOptions } from './prove-options.ts'
import { type DeviationTrial, isDeviation, isVariation, type VariationTrial } from './trial.ts'
import type { Notice, TrialResult } from './trial-result.ts'

/**
 * What became of a deviation. A finding must name the right rule: found by others only, it has escaped
 * too, but the page tells the difference.
 */
export type DeviationVerdict = 'caught' | 'found by others only' | 'escaped'

export interface DeviationProof {
  readonly id: string
  readonly sentence: string
  readonly breaks: string
  readonly severity: Severity
  readonly verdict: DeviationVerdict
  /** Findings of all rules. */
  readonly findings: number
  /** The scenario that shows it first: to the right rule, else to any. */
  readonly scenario?: string
  /** What was found, by the right rule first, then in the order of the catalogue. */
  readonly foundBy: readonly Notice[]
}

export interface VariationProof {
  readonly id: string
  readonly isCombination: boolean
  readonly settings: Readonly<Record<string, unknown>>
  /** How many scenarios did not reach their end: they assume another value. Findings are none of it. */
  readonly stopped: number
  /** Whether any scenario showed anything: where none did, that nothing was found is no acquittal. */
  readonly isJudged: boolean
  readonly falseAlarms: readonly Notice[]
}

/** What the deviations say about one rule. */
export interface RuleProof extends Pick<CatalogueEntry, 'id' | 'family' | 'severity' | 'sentence'> {
  /** The deviations that break it. */
  readonly deviations: readonly string[]
  /** Those that it found something in. */
  readonly finds: readonly string[]
  /** Those that no other rule found anything in: without this one they would escape unnoticed. */
  readonly findsAlone: readonly string[]
}

/** All that a run of `prove` shows. Field names are stable. */
export interface Proof {
  readonly scope: ProveOptions['scope']
  readonly without: readonly string[]
  readonly scenarios: number
  readonly deviations: readonly DeviationProof[]
  readonly variations: readonly VariationProof[]
  /** Rules that an answer can break, arrows left out: those can only be taken or not. */
  readonly rules: readonly RuleProof[]
  /** What the judge says of the simulation as it is; must be nothing. */
  readonly ordinary: { readonly failed: number; readonly findings: readonly Notice[] }
}

/**
 * @param ordinary - What the simulation came to as it is.
 * @param results - Of the trials, in their order; those of rules that the judge is to do without are
 * left out.
 */
export function proofOf(
  { trials, scope, without }: Pick<ProveOptions, 'trials' | 'scope' | 'without'>,
  ordinary: TrialResult,
  results: readonly TrialResult[],
): Proof {
  const noticed = trials.map((trial, at) => ({ trial, result: heard(results[at], without) }))
  const deviations = noticed.flatMap(({ trial, result }) =>
    isDeviation(trial) ? deviationProof(trial, result) : [],
  )
  return {
    ...{ scope, without, scenarios: ordinary.scenarios, deviations },
    variations: noticed.flatMap(({ trial, result }) =>
      isVariation(trial) ? variationProof(trial, result) : [],
    ),
    rules: breakableRules().map((rule) => ruleProof(rule, deviations)),
    ordinary: { failed: ordinary.failed, findings: ordinary.notices },
  }
}

/** What a judge without some of its rules would have said. */
export function heard(result: TrialResult | undefined, without: readonly string[]): TrialResult {
  if (!result) throw new Error('A trial has no result.')
  return { ...result, notices: result.notices.filter(({ rule }) => !without.includes(rule)) }
}

export function deviationProof(
  { id, sentence, breaks }: DeviationTrial,
  { notices }: TrialResult,
): DeviationProof {
  const right = notices.filter(({ rule }) => rule === breaks)
  const foundBy = [...right, ...notices.filter(({ rule }) => rule !== breaks)]
  const [first] = foundBy
  return {
    ...{ id, sentence, breaks },
    severity: catalogue.find((rule) => rule.id === breaks)?.severity ?? 'must',
    verdict: right.length > 0 ? 'caught' : first ? 'found by others only' : 'escaped',
    findings: notices.reduce((sum, { findings }) => sum + findings, 0),
    ...(first && { scenario: first.scenario }),
    foundBy,
  }
}

function variationProof(
  { id, isCombination, behaviour }: VariationTrial,
  { failed, showing, notices }: TrialResult,
): VariationProof {
  const settings = behaviour.settings ?? {}
  const isJudged = showing > 0
  return { id, isCombination, settings, stopped: failed, isJudged, falseAlarms: notices }
}

function ruleProof(
  { id, family, severity, sentence }: CatalogueEntry,
  deviations: readonly DeviationProof[],
): RuleProof {
  const found = deviations.filter(({ foundBy }) => foundBy.some(({ rule }) => rule === id))
  return {
    ...{ id, family, severity, sentence },
    deviations: deviations.filter(({ breaks }) => breaks === id).map((each) => each.id),
    finds: found.map((each) => each.id),
    findsAlone: found.filter(({ foundBy }) => foundBy.length === 1).map((each) => each.id),
  }
}

/** An arrow that is never taken is not observed; no answer breaks it. */
function breakableRules(): readonly CatalogueEntry[] {
  const arrows = new Set(lifecycleArrows.map(({ id }) => id))
  return catalogue.filter(({ id }) => !arrows.has(id))
}
