import { type Lifecycle, lifecycleOf } from '../../machines/lifecycle.ts'
import { judge } from '../../machines/monitor.ts'
import { isEnd, type OwnOrder } from '../reading/own-orders.ts'
import { type Difference, shown, type Unseen } from './difference.ts'
import type { Pair, Side } from './side.ts'

/** What comparing the statuses of one order came to. */
export interface StatusComparison {
  readonly differences: readonly Difference[]
  readonly unseen: readonly Unseen[]
}

/**
 * Compares the statuses of an order. Polling samples: where all that was seen on both sides fits on one
 * way through the lifecycle, a status that one side did not see was skipped, and is no difference. The
 * answer to placing is no sample, and must say the same.
 */
export function compareStatuses(pair: Pair, simulation: Side, endpoint: Side): StatusComparison {
  const here = simulation.orderOf(pair.simulation)
  const there = endpoint.orderOf(pair.endpoint)
  if (!here || !there) return { differences: [], unseen: [] }
  const type = String(pair.simulation.sent.type ?? '')
  const [one, other] = [statusesOf(here), statusesOf(there)]
  const spelling = compareSpelling(here, there)
  const difference: Difference = {
    rule: 'drift.statuses',
    subject: `${type || 'an'} order`,
    simulation: shown(one.join(' → '), numbersOf(here)),
    endpoint: shown(other.join(' → '), numbersOf(there)),
  }
  if (!startsAlike(here, there) || !areSamplesOfOneWay(lifecycleOf(type), one, other)) {
    return { differences: [difference, ...spelling], unseen: [] }
  }
  const unseen = [
    ...missing(one, other).map((what) => ({ order: pair.name, side: 'endpoint' as const, what })),
    ...missing(other, one).map((what) => ({ order: pair.name, side: 'simulation' as const, what })),
  ]
  return { differences: spelling, unseen }
}

/** The statuses in order, each once while it lasts. */
function statusesOf({ views }: OwnOrder): readonly string[] {
  return views
    .map(({ status }) => (status === '' ? 'no status' : status))
    .filter((status, at, all) => status !== all[at - 1])
}

/** The exchanges in which a status was new. */
function numbersOf({ views }: OwnOrder): number[] {
  return views
    .filter(({ status }, at) => status !== views[at - 1]?.status)
    .map(({ reading }) => reading.number)
}

function startsAlike(here: OwnOrder, there: OwnOrder): boolean {
  const [one, other] = [here.views[0], there.views[0]]
  return one?.by !== 'placing' || other?.by !== 'placing' || one.status === other.status
}

/** Whether both may be samples of one way through the lifecycle. */
function areSamplesOfOneWay(
  lifecycle: Lifecycle,
  one: readonly string[],
  other: readonly string[],
): boolean {
  return one.join() === other.join() || canMerge(lifecycle, undefined, one, other)
}

/** Whether some list that both are part of, each in its own order, goes only where the lifecycle does. */
function canMerge(
  lifecycle: Lifecycle,
  last: string | undefined,
  one: readonly string[],
  other: readonly string[],
): boolean {
  const [first, ...rest] = one
  const [otherFirst, ...otherRest] = other
  if (first === undefined && otherFirst === undefined) return true
  const isLegal = (next: string) =>
    last === undefined || judge(lifecycle, last, next).kind !== 'finding'
  if (first !== undefined && isLegal(first)) {
    const left = first === otherFirst ? otherRest : other
    if (canMerge(lifecycle, first, rest, left)) return true
  }
  if (otherFirst === undefined || otherFirst === first || !isLegal(otherFirst)) return false
  return canMerge(lifecycle, otherFirst, one, otherRest)
}

/** What the other side never saw; of ends, only that it saw none. */
function missing(seen: readonly string[], other: readonly string[]): string[] {
  const lacking = seen.filter((status) => !other.includes(status))
  return lacking.map((status) => (isEnd(status) ? `its end, ${status}` : status))
}

/** How a status is written, where both saw it. */
function compareSpelling(here: OwnOrder, there: OwnOrder): Difference[] {
  const [one, other] = [spellings(here), spellings(there)]
  return [...one].flatMap(([status, words]): Difference[] => {
    const theirs = other.get(status)
    if (!theirs || listOf(words.values) === listOf(theirs.values)) return []
    const side = ({ values, exchanges }: Spelling) => shown(listOf(values), exchanges)
    return [
      {
        rule: 'drift.spelling',
        subject: status,
        simulation: side(words),
        endpoint: side(theirs),
      },
    ]
  })
}

interface Spelling {
  readonly values: ReadonlySet<string>
  readonly exchanges: readonly number[]
}

function spellings({ views }: OwnOrder): ReadonlyMap<string, Spelling> {
  const told = views.filter(({ fields }) => typeof fields.status === 'string')
  return new Map(
    [...Map.groupBy(told, ({ status }) => status)].map(([status, same]) => [
      status,
      {
        values: new Set(same.map(({ fields }) => String(fields.status))),
        exchanges: same.map(({ reading }) => reading.number),
      },
    ]),
  )
}

function listOf(values: ReadonlySet<string>): string {
  return [...values].sort().join(', ')
}
