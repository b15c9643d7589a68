import { ORDER_STATUSES, type OrderStatus } from '../api/contract/statuses.ts'
import type { Lifecycle } from './lifecycle.ts'
import { knownStatusRuleId, PLACED, ruleId } from './lifecycle-rules.ts'

/**
 * What one more observation means, given the one before.
 *
 * - `same`: nothing changed.
 * - `step`: one arrow of the lifecycle, seen at both ends.
 * - `skipped`: legal, but the statuses in `unseen` must have been passed between two queries.
 * - `finding`: no way leads there.
 */
export type Judgement =
  | { readonly kind: 'same' }
  | { readonly kind: 'step'; readonly rule: string }
  | { readonly kind: 'skipped'; readonly unseen: readonly OrderStatus[] }
  | {
      readonly kind: 'finding'
      readonly code: 'illegal-transition' | 'unknown-status'
      readonly rule: string
      readonly detail: string
    }

/**
 * Judges one observed status by a lifecycle.
 *
 * Polling samples, so RECEIVED then FILLED is legal; NEW after FILLED is not. The first thing to be
 * seen of an order, in the answer to placing it, is RECEIVED.
 *
 * @param earlier - The last status of the lifecycle that was seen, or `placed` before any. One that the
 * lifecycle does not have counts as its first: all that is known then is that there is an order.
 * @param observed - What the `status` field said, whatever it was.
 * @see Fact sheet 4.1 [seed], 4.3 [inferred: skipping, unknown statuses].
 */
export function judge(lifecycle: Lifecycle, earlier: string, observed: string): Judgement {
  const detail = `${earlier} → ${observed}`
  if (!(ORDER_STATUSES as readonly string[]).includes(observed)) {
    return earlier === observed
      ? { kind: 'same' }
      : { kind: 'finding', code: 'unknown-status', rule: knownStatusRuleId(lifecycle), detail }
  }
  if (earlier === observed) return { kind: 'same' }
  const isKnown = earlier === PLACED || isStatusOf(lifecycle, earlier)
  const rule = ruleId(lifecycle, isKnown ? earlier : lifecycle.initial, observed)
  const illegal = { kind: 'finding', code: 'illegal-transition', rule, detail } as const
  if (!isStatusOf(lifecycle, observed)) return illegal
  if (earlier === PLACED) {
    return observed === lifecycle.initial ? { kind: 'step', rule } : illegal
  }
  if (!isStatusOf(lifecycle, earlier)) return { kind: 'skipped', unseen: [] }
  const unseen = lifecycle.between(earlier, observed)
  if (unseen === undefined) return illegal
  return unseen.length === 0 ? { kind: 'step', rule } : { kind: 'skipped', unseen }
}

function isStatusOf(lifecycle: Lifecycle, status: string): status is OrderStatus {
  return (lifecycle.statuses as readonly string[]).includes(status)
}
