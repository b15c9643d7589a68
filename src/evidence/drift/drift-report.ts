import { byText } from '../by-text.ts'
import type { LastValidated } from '../history/last-validated.ts'
import type { RunFacts } from '../record/run-facts.ts'
import { type Applied, applyWaivers } from '../waivers/apply-waivers.ts'
import type { Waiver } from '../waivers/waiver.ts'
import { type Difference, differenceId } from './difference.ts'
import type { ComparedScenario, Drift, NotCompared } from './drift.ts'
import { type DriftRule, driftRuleIds, driftRules } from './drift-rules.ts'

/** A difference in one scenario. */
export interface Occurrence extends Difference {
  readonly scenario: string
  /** The difference as waivers can name it. */
  readonly id: string
}

/** One difference between the same values, with every scenario that shows it, and whether somebody answers for it. */
export interface DifferenceGroup {
  readonly rule: DriftRule
  readonly id: string
  readonly subject: string
  readonly occurrences: readonly Occurrence[]
  /** Those that no waiver in force is about. */
  readonly open: readonly Occurrence[]
  readonly waivers: readonly Waiver[]
}

/** When a scenario was last validated; absent where it never was. */
type Validated = { readonly lastValidated?: LastValidated }

/** What two runs came to, for people and machines. */
export interface DriftReport {
  readonly simulation: RunFacts
  readonly endpoint: RunFacts
  /** By rule, then by what differs; those that are all waived last. */
  readonly groups: readonly DifferenceGroup[]
  /** Waivers of drift for this target, in force or not, with the differences they are about. */
  readonly waivers: readonly Applied<Occurrence>[]
  readonly compared: readonly (ComparedScenario & Validated)[]
  readonly notCompared: readonly (NotCompared & Validated)[]
}

/** What a report is told besides the drift itself. */
export interface DriftReportFacts {
  readonly waivers: readonly Waiver[]
  /** On which waivers must be in force: `YYYY-MM-DD`, in UTC. */
  readonly day: string
  /** @param scenario - As verdicts name it. */
  readonly lastValidated: (scenario: string) => LastValidated | undefined
}

/** Groups the differences, and holds them against the waivers. */
export function driftReport(drift: Drift, facts: DriftReportFacts): DriftReport {
  const { simulation, endpoint, compared, notCompared } = drift
  const occurrences = compared.flatMap(({ scenario, differences }) =>
    differences.map((each): Occurrence => ({ ...each, scenario, id: differenceId(each) })),
  )
  const about = facts.waivers.filter(({ rule }) => isOfDrift(rule))
  const target = endpoint.target
  const { applied, open } = applyWaivers(occurrences, about, { target, day: facts.day })
  const validated = <T extends { readonly scenario: string }>(each: T): T & Validated => {
    const last = facts.lastValidated(each.scenario)
    return last ? { ...each, lastValidated: last } : each
  }
  return {
    ...{ simulation, endpoint },
    groups: groupsOf(occurrences, new Set(open), applied),
    waivers: applied,
    compared: compared.map(validated),
    notCompared: notCompared.map(validated),
  }
}

/** Whether anything differs that nobody answers for. */
export function hasDrift({ groups }: DriftReport): boolean {
  return groups.some(({ open }) => open.length > 0)
}

/**
 * How many of these show something else than the first: rows give one example for all that have one
 * id, where only the polls in between differ.
 */
export function countUnlikeFirst(occurrences: readonly Occurrence[]): number {
  const [first] = occurrences
  return occurrences.filter(
    ({ simulation, endpoint }) =>
      simulation.value !== first?.simulation.value || endpoint.value !== first.endpoint.value,
  ).length
}

function isOfDrift(rule: string): boolean {
  return Object.hasOwn(driftRules, rule.split('/')[0] ?? '')
}

function groupsOf(
  occurrences: readonly Occurrence[],
  open: ReadonlySet<Occurrence>,
  applied: readonly Applied<Occurrence>[],
): DifferenceGroup[] {
  const waiversOf = new Map<Occurrence, Waiver[]>()
  for (const { waiver, state, about } of applied) {
    if (state !== 'in force') continue
    for (const each of about) waiversOf.set(each, [...(waiversOf.get(each) ?? []), waiver])
  }
  return [...Map.groupBy(occurrences, ({ id }) => id)]
    .flatMap(([id, same]): DifferenceGroup[] => {
      const [first] = same
      if (!first) return []
      const { rule, subject } = first
      const waivers = [...new Set(same.flatMap((each) => waiversOf.get(each) ?? []))]
      const left = same.filter((each) => open.has(each))
      return [{ rule, id, subject, occurrences: same, open: left, waivers }]
    })
    .sort(
      (one, other) =>
        Number(one.open.length === 0) - Number(other.open.length === 0) ||
        driftRuleIds.indexOf(one.rule) - driftRuleIds.indexOf(other.rule) ||
        byText(one.id, other.id),
    )
}
