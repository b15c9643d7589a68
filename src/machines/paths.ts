import type { AnyStateMachine } from 'xstate'
import { getSimplePaths } from 'xstate/graph'
import type { OrderStatus } from '../api/contract/statuses.ts'
import type { Lifecycle, LifecycleName } from './lifecycle.ts'
import { PLACED, REFUSED } from './lifecycle-rules.ts'
import { limitMachine } from './limit-machine.ts'
import type { OrderEventType } from './order-events.ts'
import { pqMachine } from './pq-machine.ts'

/** What moves an order along: the answer to its placing, then the causes that its machine knows. */
export type PathEvent = 'order.received' | 'order.refused' | OrderEventType

/** One arrow of a path. */
export interface PathStep {
  readonly from: typeof PLACED | OrderStatus
  readonly to: typeof REFUSED | OrderStatus
  readonly event: PathEvent
}

/** A way from placing to the end, arrow by arrow; each begins where the last one led. */
export type Path = readonly PathStep[]

const machines: Readonly<Record<LifecycleName, AnyStateMachine>> = {
  PQ: pqMachine,
  Limit: limitMachine,
}

/** Every arrow that an order can go along: those of the answer to its placing, then its machine's. */
export function arrowsOf({ initial, transitions }: Lifecycle): readonly PathStep[] {
  return [
    { from: PLACED, to: initial, event: 'order.received' },
    { from: PLACED, to: REFUSED, event: 'order.refused' },
    ...transitions,
  ]
}

/**
 * Every way from placing to a final status that passes no status twice, and the one way that leads to
 * no order at all. In the order of the statuses they pass; the refused placing comes last.
 *
 * @param machine - What the lifecycle was read off; its own, unless a test says otherwise.
 */
export function simplePaths(
  lifecycle: Lifecycle,
  machine: AnyStateMachine = machines[lifecycle.name],
): readonly Path[] {
  const placing = arrowsOf(lifecycle).filter(({ from }) => from === PLACED)
  const received = placing.filter(({ to }) => to !== REFUSED)
  const refused = placing.filter(({ to }) => to === REFUSED)
  const ways = getSimplePaths(machine, { toState: ({ status }) => status === 'done' })
  const paths = ways.map(({ steps }): Path => {
    // The first step is the machine's start, which is no event of the order's.
    const [start, ...moves] = steps.map(({ event, state }) => ({
      event: event.type as OrderEventType,
      status: state.value as OrderStatus,
    }))
    let from = start?.status ?? lifecycle.initial
    const arrows = moves.map(({ event, status }): PathStep => {
      const step = { from, to: status, event }
      from = status
      return step
    })
    return [...received, ...arrows]
  })
  return [...paths.sort(byStatuses(lifecycle)), refused]
}

/**
 * What simple paths cannot show: an arrow that leads back to where it starts, as a part dealt leaves a
 * limit order NEW. Each such arrow is walked once in every simple path through its status, as the first
 * thing that happens there; walking it more often leads to no other end.
 */
export function loopedPaths(
  lifecycle: Lifecycle,
  paths: readonly Path[] = simplePaths(lifecycle),
): readonly Path[] {
  const loops = lifecycle.transitions.filter(({ from, to }) => from === to)
  return loops.flatMap((loop) =>
    paths.flatMap((path): Path[] => {
      const at = path.findIndex(({ to }) => to === loop.from)
      const goesOn = at >= 0 && at < path.length - 1
      return goesOn ? [path.toSpliced(at + 1, 0, loop)] : []
    }),
  )
}

/** What a path passes, its end included, its beginning not; a loop passes its status twice. */
export function statusesOf(path: Path): readonly (OrderStatus | typeof REFUSED)[] {
  return path.map(({ to }) => to)
}

export function eventsOf(path: Path): readonly PathEvent[] {
  return path.map(({ event }) => event)
}

/** As the lifecycle lists its statuses; of two ways through the same ones, by their events. */
function byStatuses({ statuses }: Lifecycle): (one: Path, other: Path) => number {
  const rank = (status: string) => (statuses as readonly string[]).indexOf(status)
  return (one, other) => {
    const pairs = one.map((step, at) => [step, other[at]] as const)
    const [mine, theirs] = pairs.find(([a, b]) => a.to !== b?.to || a.event !== b.event) ?? []
    if (!mine || !theirs) return one.length - other.length
    return rank(mine.to) - rank(theirs.to) || (mine.event < theirs.event ? -1 : 1)
  }
}
