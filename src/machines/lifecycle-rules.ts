import type { Source } from '../api/contract/common.ts'
import { ORDER_STATUSES, type OrderStatus } from '../api/contract/statuses.ts'
import { type Lifecycle, type LifecycleName, lifecycles } from './lifecycle.ts'

/**
 * What a lifecycle says about the statuses of an order.
 *
 * - `arrow`: a step that is documented; a run can observe it.
 * - `forbidden`: a step between known statuses that no way leads along; a run can see it not taken.
 * - `known`: the order is always in a status of its diagram.
 */
type LifecycleRuleKind = 'arrow' | 'forbidden' | 'known'

/** One rule of a lifecycle, that a run can observe, break, or fail to observe. */
export interface LifecycleRule {
  /** e.g. `limit.new-expired`; stable, scripts rely on it. */
  readonly id: string
  readonly kind: LifecycleRuleKind
  readonly lifecycle: LifecycleName
  /** Empty for `known`, which is about every status. */
  readonly from: string
  readonly to: string
  /** What is promised, in one sentence. */
  readonly sentence: string
  readonly source: Source
  /** The code of a finding against it; an arrow has none, as nothing shows that it cannot be taken. */
  readonly code?: 'illegal-transition' | 'unknown-status'
}

/** Where an order comes from before it has a status. */
export const PLACED = 'placed'
/** Where a placing ends that was answered with an error object: there is no order. */
export const REFUSED = 'refused'

/** The id of the rule that allows, or forbids, the step from one status to another. */
export function ruleId(lifecycle: Lifecycle, from: string, to: string): string {
  return `${lifecycle.name}.${from}-${to}`.toLowerCase()
}

/** The id of the rule that an order is always in a status of its diagram. */
export function knownStatusRuleId({ name }: Lifecycle): string {
  return `${name.toLowerCase()}.known-status`
}

function rulesOf(lifecycle: Lifecycle): LifecycleRule[] {
  return [...arrowsOf(lifecycle), ...forbiddenIn(lifecycle), knownStatusIn(lifecycle)]
}

function arrowsOf(lifecycle: Lifecycle): LifecycleRule[] {
  const order = calledIn(lifecycle)
  const arrows = [
    {
      from: PLACED,
      to: lifecycle.initial as string,
      sentence: `The placing of ${order} that is taken is answered ${lifecycle.initial}.`,
    },
    {
      from: PLACED,
      to: REFUSED,
      sentence: `The placing of ${order} may be refused with an error object.`,
    },
    ...lifecycle.transitions
      .filter(({ from, to }) => from !== to)
      .map(({ from, to }) => ({
        ...{ from, to },
        sentence: `The step from ${from} to ${to} belongs to the life of ${order}.`,
      })),
  ]
  return arrows.map(({ from, to, sentence }) => ({
    id: ruleId(lifecycle, from, to),
    kind: 'arrow',
    lifecycle: lifecycle.name,
    ...{ from, to, sentence },
    source:
      to === 'CANCELED' ? { section: '4.2', mark: 'inferred' } : { section: '4.1', mark: 'seed' },
  }))
}

/** Every step between statuses of the documentation that the arrows do not lead along. */
function forbiddenIn(lifecycle: Lifecycle): LifecycleRule[] {
  const { name, initial, statuses } = lifecycle
  const order = calledIn(lifecycle)
  const first = ORDER_STATUSES.filter((to) => to !== initial).map((to) => ({
    from: PLACED,
    to,
    sentence: `The answer to the placing of ${order} does not say ${to} at once: it says ${initial}.`,
    source: { section: '4.1', mark: 'seed' } as const,
  }))
  const later = statuses.flatMap((from) =>
    ORDER_STATUSES.filter((to) => to !== from && !leads(lifecycle, from, to)).map((to) => ({
      from,
      to,
      sentence: lifecycle.isFinal(from)
        ? `What is ${from} is final: ${order} never becomes ${to} after it.`
        : `From ${from}, ${order} never becomes ${to}.`,
      source: sourceOfForbidden(lifecycle, from, to),
    })),
  )
  return [...first, ...later].map((rule) => ({
    id: ruleId(lifecycle, rule.from, rule.to),
    kind: 'forbidden',
    lifecycle: name,
    ...rule,
    code: 'illegal-transition',
  }))
}

function knownStatusIn(lifecycle: Lifecycle): LifecycleRule {
  return {
    id: knownStatusRuleId(lifecycle),
    kind: 'known',
    lifecycle: lifecycle.name,
    from: '',
    to: '',
    sentence: `The status of ${calledIn(lifecycle)} is one that the documentation names: ${ORDER_STATUSES.join(', ')}.`,
    // What pending and replaced orders are called was not readable.
    source: { section: '4.2', mark: 'inferred' },
    code: 'unknown-status',
  }
}

/** What no diagram has is only inferred; what follows a final status is forbidden whatever it is. */
function sourceOfForbidden(lifecycle: Lifecycle, from: OrderStatus, to: OrderStatus): Source {
  if (lifecycle.isFinal(from)) {
    return { section: '4.3', mark: from === 'CANCELED' ? 'inferred' : 'seed' }
  }
  return to === 'CANCELED' ? { section: '4.2', mark: 'inferred' } : { section: '4.1', mark: 'seed' }
}

function leads(lifecycle: Lifecycle, from: OrderStatus, to: OrderStatus): boolean {
  return lifecycle.statuses.includes(to) && lifecycle.between(from, to) !== undefined
}

function calledIn({ name }: Lifecycle): string {
  return `a ${name === 'PQ' ? 'PQ' : 'limit'} order`
}

/** The rules of both lifecycles, in the order of their diagrams. */
export const lifecycleRules: readonly LifecycleRule[] = lifecycles.flatMap(rulesOf)

/** The documented arrows alone, placing included. */
export const lifecycleArrows: readonly LifecycleRule[] = lifecycleRules.filter(
  ({ kind }) => kind === 'arrow',
)

/** The ids of the rules that forbid a step from a status. */
export function forbiddenFrom(lifecycle: Lifecycle, from: string): readonly string[] {
  return forbidden.get(`${lifecycle.name} ${from}`) ?? []
}

const forbidden = new Map(
  [
    ...Map.groupBy(
      lifecycleRules.filter(({ kind }) => kind === 'forbidden'),
      ({ lifecycle, from }) => `${lifecycle} ${from}`,
    ),
  ].map(([key, rules]) => [key, rules.map(({ id }) => id)]),
)
