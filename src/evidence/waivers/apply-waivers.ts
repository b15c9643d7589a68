import { matchesScenario } from './matches-scenario.ts'
import { stateOn, type Waiver, type WaiverState } from './waiver.ts'

/** What a waiver can be about: a finding, or any other departure from a rule. */
export interface Waivable {
  readonly rule: string
  /** Where a waiver can be about less than the whole rule: what names just this. */
  readonly id?: string
  /** As reports name it. */
  readonly scenario: string
}

/** A waiver, whether it counts, and all that it is about; nothing, where it matches nothing. */
export interface Applied<T extends Waivable> {
  readonly waiver: Waiver
  readonly state: WaiverState
  readonly about: readonly T[]
}

export interface Waived<T extends Waivable> {
  /** The waivers for this target, in the order of the file, whether they count or not. */
  readonly applied: readonly Applied<T>[]
  /** What no waiver in force is about. */
  readonly open: readonly T[]
}

/**
 * Holds findings against waivers. Nothing is taken away: what is waived stays a finding, and
 * somebody answers for it.
 *
 * @param target - Waivers for another one are left out.
 * @param day - On which they must count: `YYYY-MM-DD`, in UTC.
 */
export function applyWaivers<T extends Waivable>(
  findings: readonly T[],
  waivers: readonly Waiver[],
  { target, day }: { readonly target: string; readonly day: string },
): Waived<T> {
  const applied = waivers
    .filter((waiver) => waiver.target === undefined || waiver.target === target)
    .map((waiver) => ({
      waiver,
      state: stateOn(day, waiver),
      about: findings.filter((finding) => isAbout(waiver, finding)),
    }))
  const waived = new Set(
    applied.filter(({ state }) => state === 'in force').flatMap(({ about }) => about),
  )
  return { applied, open: findings.filter((finding) => !waived.has(finding)) }
}

function isAbout({ rule, scenario }: Waiver, finding: Waivable): boolean {
  if (rule !== finding.rule && rule !== finding.id) return false
  return scenario === undefined || matchesScenario(scenario, finding.scenario)
}
