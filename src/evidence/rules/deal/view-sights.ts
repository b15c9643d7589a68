import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { View } from '../../reading/own-orders.ts'
import { type Terms, termsOf } from '../../reading/terms.ts'
import { type RuleResult, resultOf } from '../rule.ts'

/** How much an order says is dealt, open, and dealt last; each absent where it does not say. */
export interface Quantities {
  readonly cumQty: Big | undefined
  readonly leavesQty: Big | undefined
  readonly lastQty: Big | undefined
}

/** A dozen rules ask for them. */
const known = new WeakMap<View, Quantities>()

export function quantitiesIn(view: View): Quantities {
  const quantities = known.get(view) ?? readQuantities(view)
  known.set(view, quantities)
  return quantities
}

function readQuantities({ fields }: View): Quantities {
  return {
    cumQty: decimalOf(fields.cumQty),
    leavesQty: decimalOf(fields.leavesQty),
    lastQty: decimalOf(fields.lastQty),
  }
}

/**
 * Judges every view of every well-made order alone.
 *
 * @param said - What is wrong with a view, in a few words; `held` or nothing otherwise.
 */
export function judgeViews(
  { orders }: Matter,
  said: (view: View, quantities: Quantities, terms: Terms) => string | undefined,
): RuleResult {
  return resultOf(
    orders.flatMap((order) => {
      const terms = termsOf(order)
      if (!terms) return []
      return order.views.map((view) => {
        const detail = said(view, quantitiesIn(view), terms)
        if (detail === undefined || detail === 'held') return detail
        const exchanges = [...new Set([terms.seenIn.number, view.reading.number])]
        return { orderId: order.orderId, detail, exchanges }
      })
    }),
  )
}
