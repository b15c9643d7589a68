import type { OperationMatcher } from '../../api/contract/operation-matcher.ts'
import { byText } from '../by-text.ts'
import { type Matter, matterOf } from '../reading/matter.ts'
import type { OwnOrder } from '../reading/own-orders.ts'
import type { Placing } from '../reading/placing.ts'
import { idOf, type Reading } from '../reading/reading.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'

/** Where an exchange stands that no step made. */
const OUTSIDE = 'outside of the steps'

/** One run of a scenario, read for the comparison. */
export interface Side {
  readonly matter: Matter
  /** What it made itself and got a whole body of, by step. */
  readonly steps: ReadonlyMap<string, readonly Reading[]>
  readonly placings: ReadonlyMap<string, readonly Placing[]>
  readonly orderOf: (placing: Placing) => OwnOrder | undefined
  /** Ids that stand in its requests and answers: other ones in every run. */
  readonly ids: ReadonlySet<string>
}

/** A placing on both sides that is taken to be the same one. */
export interface Pair {
  /** e.g. `‹order:1›`. */
  readonly name: string
  readonly step: string
  readonly simulation: Placing
  readonly endpoint: Placing
}

export function sideOf({ exchanges }: ScenarioEvidence, matches: OperationMatcher): Side {
  const matter = matterOf(exchanges, matches)
  const own = matter.made.filter(({ operation }) => operation !== undefined)
  const placings = matter.placings.filter(
    ({ reading }) => reading.exchange.sharedFrom === undefined,
  )
  const byPlacing = new Map(matter.orders.map((order) => [order.placing, order]))
  return {
    matter,
    steps: Map.groupBy(own, stepOf),
    placings: Map.groupBy(placings, ({ reading }) => stepOf(reading)),
    orderOf: (placing) => byPlacing.get(placing),
    ids: idsIn(matter),
  }
}

function idsIn({ made, placings, orders, deliveries }: Matter): ReadonlySet<string> {
  return new Set(
    [
      ...made.flatMap(({ params }) => [params.id, params.orderId, params.coId]),
      ...placings.flatMap(({ sent, coId }) => [coId, idOf(sent.rateId)]),
      ...orders.map(({ orderId }) => orderId),
      ...deliveries.map(({ tradeId }) => tradeId),
    ].filter((id) => id !== undefined),
  )
}

export function stepOf({ exchange }: Pick<Reading, 'exchange'>): string {
  return exchange.step ?? OUTSIDE
}

/**
 * Placings side by side: of the same step, from the last to the first, because what was declined is
 * placed again, and the scenario goes on with the last.
 */
export function pairsOf(simulation: Side, endpoint: Side): readonly Pair[] {
  const pairs = [...simulation.placings].flatMap(([step, here]) => {
    const there = endpoint.placings.get(step) ?? []
    const count = Math.min(here.length, there.length)
    return here.slice(here.length - count).flatMap((one, at) => {
      const other = there[there.length - count + at]
      return other ? { step, simulation: one, endpoint: other } : []
    })
  })
  return pairs
    .toSorted((one, other) => numberIn(one) - numberIn(other) || byText(one.step, other.step))
    .map((pair, at) => ({ name: `‹order:${at + 1}›`, ...pair }))
}

function numberIn({ simulation }: Omit<Pair, 'name'>): number {
  return simulation.reading.number
}
