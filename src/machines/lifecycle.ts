import { type AnyMachineSnapshot, type AnyStateMachine, transition } from 'xstate'
import type { OrderStatus } from '../api/contract/statuses.ts'
import { limitMachine } from './limit-machine.ts'
import type { OrderEvent, OrderEventType } from './order-events.ts'
import { pqMachine } from './pq-machine.ts'

/** One arrow of a lifecycle. */
export interface Transition {
  readonly from: OrderStatus
  readonly to: OrderStatus
  readonly event: OrderEventType
}

/** What an order machine allows, as questions the desk, the judge and the reports ask. */
export interface Lifecycle {
  readonly name: LifecycleName
  readonly initial: OrderStatus
  readonly statuses: readonly OrderStatus[]
  /** Every arrow, also those that lead back to where they start. */
  readonly transitions: readonly Transition[]
  /** The status that `event` leads to, or `undefined` where the machine ignores it. */
  next(status: OrderStatus, event: OrderEventType): OrderStatus | undefined
  isFinal(status: OrderStatus): boolean
  /**
   * The statuses passed on the shortest way from `from` to `to`, both excluded; `undefined` where no
   * way leads there. A status reaches itself without passing any.
   */
  between(from: OrderStatus, to: OrderStatus): readonly OrderStatus[] | undefined
}

export type LifecycleName = 'PQ' | 'Limit'

/** All causes; listed once more than in the type, because types leave nothing to iterate. */
const causes: Record<OrderEventType, true> = {
  'desk.accepted': true,
  'desk.rejected': true,
  'market.dealtPart': true,
  'market.dealtWhole': true,
  'timeInForce.ended': true,
  'cancel.confirmed': true,
}
const eventTypes = Object.keys(causes) as OrderEventType[]

/** Reads a lifecycle off a machine by asking it, so that nothing of it is written down twice. */
export function readLifecycle(name: LifecycleName, machine: AnyStateMachine): Lifecycle {
  const statuses = Object.keys(machine.states) as OrderStatus[]
  const at = (status: OrderStatus): AnyMachineSnapshot =>
    machine.resolveState({ value: status, context: undefined })
  const transitions = statuses.flatMap((from) =>
    eventTypes.flatMap((type): Transition[] => {
      const event: OrderEvent = { type }
      if (!at(from).can(event)) return []
      const [{ value }] = transition(machine, at(from), event)
      return [{ from, to: value as OrderStatus, event: type }]
    }),
  )
  const steps = new Map(transitions.map(({ from, to, event }) => [`${from} ${event}`, to]))
  const finals = new Set(statuses.filter((status) => at(status).status === 'done'))
  return {
    name,
    initial: machine.config.initial as OrderStatus,
    statuses,
    transitions,
    next: (status, event) => steps.get(`${status} ${event}`),
    isFinal: (status) => finals.has(status),
    between: (from, to) => shortestWay(transitions, from, to),
  }
}

function shortestWay(
  transitions: readonly Transition[],
  from: OrderStatus,
  to: OrderStatus,
): readonly OrderStatus[] | undefined {
  if (from === to) return []
  const ways: OrderStatus[][] = [[from]]
  const seen = new Set([from])
  for (const way of ways) {
    for (const step of transitions.filter((candidate) => candidate.from === way.at(-1))) {
      if (step.to === to) return way.slice(1)
      if (seen.has(step.to)) continue
      seen.add(step.to)
      ways.push([...way, step.to])
    }
  }
  return undefined
}

export const pqLifecycle = readLifecycle('PQ', pqMachine)
export const limitLifecycle = readLifecycle('Limit', limitMachine)
export const lifecycles = [pqLifecycle, limitLifecycle] as const

/**
 * The lifecycle that an order of this type follows. At-best orders follow the Limit one, which is
 * captioned "at best order"; so, for want of a diagram of their own, do the remaining types.
 *
 * @see Fact sheet 4.1, "Contradictions" [seed: PQ, Limit; inferred: the rest].
 */
export function lifecycleOf(orderType: string): Lifecycle {
  return orderType === 'PQ' ? pqLifecycle : limitLifecycle
}
