import { byText } from '../../evidence/by-text.ts'
import type { DriftReport } from '../../evidence/drift/drift-report.ts'
import { countOf } from '../../evidence/summary.ts'
import { namesOf } from './names.ts'

/** A status that one side's samples missed, and where. */
export interface UnseenGroup {
  readonly what: string
  readonly side: 'simulation' | 'endpoint'
  readonly scenarios: readonly string[]
}

/** The figures of a comparison. */
export interface DriftSum {
  /** Scenarios only: the sessions of the run itself are no scenario. */
  readonly compared: number
  readonly same: number
  /** How many differences the run itself shows, by itself; absent where it was not compared. */
  readonly runItself?: number
  /** Differences that nobody answers for, and those that somebody does. */
  readonly open: number
  readonly waived: number
  readonly notCompared: number
  readonly expiredWaivers: number
  readonly unseen: readonly UnseenGroup[]
}

export function driftSum({ compared, notCompared, groups, waivers }: DriftReport): DriftSum {
  const open = groups.filter((group) => group.open.length > 0).length
  const scenarios = compared.filter(({ results }) => results.simulation !== 'ran')
  const run = compared.find(({ results }) => results.simulation === 'ran')
  return {
    compared: scenarios.length,
    same: scenarios.filter(({ differences }) => differences.length === 0).length,
    ...(run && { runItself: run.differences.length }),
    open,
    waived: groups.length - open,
    notCompared: notCompared.length,
    expiredWaivers: waivers.filter(({ state }) => state === 'expired').length,
    unseen: unseenIn(compared),
  }
}

/** The result in one sentence. */
export function headline(report: DriftReport): string {
  const names = namesOf(report)
  const { compared, same, open, waived, notCompared, expiredWaivers, runItself } = driftSum(report)
  const found =
    open > 0
      ? `${names.simulation} is not like ${names.endpoint}: ${countOf(open, 'difference')}`
      : `${names.simulation} is like ${names.endpoint} in all that was compared`
  return [
    found,
    ...(waived > 0 ? [`${countOf(waived, 'difference')} waived`] : []),
    `${same} of ${countOf(compared, 'scenario')} the same${runText(runItself)}`,
    ...(notCompared > 0 ? [`${notCompared} not compared`] : []),
    ...(expiredWaivers > 0 ? [`${countOf(expiredWaivers, 'expired waiver')}`] : []),
  ].join('; ')
}

/** Compared besides the scenarios: how it opened its sessions. */
function runText(differences: number | undefined): string {
  if (differences === undefined) return ''
  return differences === 0 ? ', and the run itself' : '; the run itself differs'
}

function unseenIn(compared: DriftReport['compared']): UnseenGroup[] {
  const all = compared.flatMap(({ scenario, unseen }) =>
    unseen.map((each) => ({ ...each, scenario })),
  )
  return [...Map.groupBy(all, ({ side, what }) => `${side} ${what}`).values()]
    .flatMap((same) => {
      const [first] = same
      const scenarios = [...new Set(same.map(({ scenario }) => scenario))]
      return first ? [{ what: first.what, side: first.side, scenarios }] : []
    })
    .sort((one, other) => byText(one.side, other.side) || byText(one.what, other.what))
}
