import { Big } from 'big.js'
import type { DeskOrder } from './desk-order.ts'
import type { Pace } from './pace.ts'

/** How long the present stage of an order lasts. */
export function paceOf(order: DeskOrder): Pace {
  const { plan } = order
  if (order.isCancelling && plan.cancel !== undefined && !isWord(plan.cancel)) return plan.cancel
  if (order.status === 'RECEIVED') return plan.received
  const [first, ...others] = plan.new
  return plan.new[partsDealt(order)] ?? others.at(-1) ?? first
}

/** The next part that is to be dealt; `undefined` where none is left. */
export function nextPart(order: DeskOrder): Big | undefined {
  const { ending } = order.plan
  const next = ending.kind === 'deal parts' ? ending.parts[partsDealt(order)] : undefined
  return next === undefined ? undefined : new Big(next)
}

/** How many of the parts that an order is to be dealt in have been dealt. */
function partsDealt(order: DeskOrder): number {
  const { ending } = order.plan
  if (ending.kind !== 'deal parts') return 0
  let { dealt } = order
  const next = ending.parts.findIndex((part) => {
    if (dealt.lt(part)) return true
    dealt = dealt.minus(part)
    return false
  })
  return next < 0 ? ending.parts.length : next
}

const isWord = (cancel: Pace | 'too late' | 'overtaken'): cancel is 'too late' | 'overtaken' =>
  cancel === 'too late' || cancel === 'overtaken'
