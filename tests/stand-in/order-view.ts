import { compactDayOf, spotDateOf } from './dates.ts'
import { fillAt, hasEnded, type Order, settledAmount, statusAt } from './orders.ts'
import type { State } from './state.ts'
import { FIELDS } from './validation.ts'

type Fields = Record<string, unknown>

/** The fields as sent, and those that the server adds when it takes an order (2.4). */
function placed({ flags }: State, order: Order): Fields {
  const sent = FIELDS.filter((field) => order.terms[field] !== undefined)
  return {
    ...Object.fromEntries(sent.map((field) => [field, order.terms[field]])),
    org: order.terms.org ?? flags.credentials.org,
    orderId: order.orderId,
    userFullName: `${flags.credentials.user}@${flags.credentials.org}`,
    action: order.cancelled ? 'cancel' : 'place',
  }
}

/** The answer to placing. */
export function acceptedView(state: State, order: Order): Fields {
  const { flags } = state
  const view: Fields = {
    ...placed(state, order),
    status: flags.placedAsNew ? 'NEW' : 'RECEIVED',
    ...flags.echoPlacing,
  }
  if (flags.placeWithoutOrderId) delete view.orderId
  return view
}

/** The fields of the last execution; an order that has none does not have them. */
function execution(order: Order, now: number): Fields {
  const fill = fillAt(order, now)
  if (fill === undefined) return { averagePrice: 0 }
  return {
    averagePrice: fill.price,
    lastPrice: fill.price,
    lastQty: fill.quantity,
    settlCurrAmt: settledAmount(order, fill),
    execId: order.execId,
    executionType: 'TRADE',
    counterParty: 'LP1',
    tradeDate: compactDayOf(fill.at),
    valueDate: order.terms.valueDate ?? compactDayOf(spotDateOf(fill.at)),
  }
}

/** The order object (2.5) as it was at `now`. */
export function orderView(state: State, order: Order, now: number): Fields {
  const { flags } = state
  const { newAt, ending } = order.fate
  const status = statusAt(order, now)
  const ended = hasEnded(order, now)
  const done = fillAt(order, now)?.quantity ?? 0
  const size = Number(order.terms.size)
  const since = { RECEIVED: order.placedAt, NEW: newAt }
  const view: Fields = {
    ...placed(state, order),
    status: status === 'NEW' && flags.unknownStatus ? 'WORKING' : status,
    cumQty: done,
    leavesQty: ended || Number.isNaN(size) ? 0 : size - done,
    ...execution(order, now),
    transactTime: status === 'RECEIVED' || status === 'NEW' ? since[status] : ending.at,
    ...(ended && ending.reason ? { reason: ending.reason, reasonCode: 'PROVIDER_REJECT' } : {}),
    ...(flags.sizeAsString ? { size: String(order.terms.size) } : {}),
    ...flags.echoQuery,
  }
  if (flags.queryWithoutStatus) delete view.status
  return view
}
