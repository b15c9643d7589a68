import { hasEnded } from './orders.ts'
import { empty, failure, json, ok, type Reply } from './replies.ts'
import type { ApiRequest } from './requests.ts'
import type { State } from './state.ts'

/** Section 2.7. Orders of other users are unknown here. */
export function cancel(state: State, { parts }: ApiRequest): Reply {
  const { flags, orders } = state
  const order = orders.find(({ orderId }) => orderId === parts[0])
  if (order === undefined) return failure(404, 'UNKNOWN_ORDER', `There is no order ${parts[0]}.`)
  const now = Date.now()
  if (hasEnded(order, now))
    return failure(flags.cancelTooLate, 'TOO_LATE', 'The order has already ended.')
  if (!flags.cancelIgnored) {
    const { newAt, fill } = order.fate
    const kept = fill !== undefined && fill.at <= now ? { fill } : {}
    order.fate = { newAt, ending: { status: 'CANCELED', at: now }, ...kept }
    order.cancelled = true
  }
  return flags.cancelStatus === 204 ? empty(204) : json(flags.cancelStatus, ok)
}
