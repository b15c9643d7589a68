import type { Source } from '../api/contract/common.ts'
import { type Lifecycle, lifecycles } from './lifecycle.ts'

/** One documented arrow of a lifecycle, as a rule that a run can observe or fail to observe. */
export interface LifecycleRule {
  /** e.g. `limit.new-expired`; stable, scripts rely on it. */
  readonly id: string
  readonly lifecycle: Lifecycle['name']
  readonly from: string
  readonly to: string
  readonly source: Source
}

/** Where an order comes from before it has a status. */
export const PLACED = 'placed'
/** Where a placing ends that was answered with an error object: there is no order. */
export const REFUSED = 'refused'

/** The id of the rule that allows, or would have to allow, the step from one status to another. */
export function ruleId(lifecycle: Lifecycle, from: string, to: string): string {
  return `${lifecycle.name}.${from}-${to}`.toLowerCase()
}

function rulesOf(lifecycle: Lifecycle): LifecycleRule[] {
  const arrows = [
    { from: PLACED, to: lifecycle.initial as string },
    { from: PLACED, to: REFUSED },
    ...lifecycle.transitions.filter(({ from, to }) => from !== to),
  ]
  return arrows.map(({ from, to }) => ({
    id: ruleId(lifecycle, from, to),
    lifecycle: lifecycle.name,
    from,
    to,
    source:
      to === 'CANCELED' ? { section: '4.2', mark: 'inferred' } : { section: '4.1', mark: 'seed' },
  }))
}

/** The rules of both lifecycles, in the order of their diagrams. */
export const lifecycleRules: readonly LifecycleRule[] = lifecycles.flatMap(rulesOf)
