import type { Big } from 'big.js'
import type { Order } from '../../api/contract/orders.ts'
import { isoDate, spotDate } from './dates.ts'
import type { DeskOrder } from './desk-order.ts'
import type { Settings } from './settings/settings.ts'

/** A decimal as JSON has it: the nearest double, which prints the same up to 15 digits. */
export const toNumber = (value: Big): number => Number(value.toString())

/** What the `executionType` of the last report says. Only TRADE was seen [reference]. */
const executionTypes = {
  'desk.accepted': 'NEW',
  'desk.rejected': 'REJECTED',
  'market.dealtPart': 'TRADE',
  'market.dealtWhole': 'TRADE',
  'timeInForce.ended': 'EXPIRED',
  'cancel.confirmed': 'CANCELED',
} as const

/** The answer to placing an order: what was sent, and who and what it now is. Fact sheet 2.4 [reference]. */
export function placedView(order: DeskOrder, settings: Settings): Order {
  return {
    ...order.echo,
    org: order.user.org,
    orderId: order.orderId,
    userFullName: `${order.user.name}@${order.user.org}`,
    action: order.lastEvent === 'cancel.confirmed' ? 'cancel' : 'place',
    status: reportedStatus(order, settings),
  } as Order
}

/** The order object of a query. Fact sheet 2.5 [reference; execution fields on REST: inferred]. */
export function orderView(order: DeskOrder, settings: Settings, counterParty: string): Order {
  return {
    ...placedView(order, settings),
    ...(order.terms && executionFields(order, order.terms, counterParty)),
    ...rejectionFields(order, settings),
    ...(order.lastEvent && { executionType: executionTypes[order.lastEvent] }),
    transactTime: order.changedAt,
  }
}

function executionFields(
  order: DeskOrder,
  terms: NonNullable<DeskOrder['terms']>,
  counterParty: string,
): Partial<Order> {
  const quantities = { cumQty: toNumber(order.dealt), leavesQty: toNumber(order.open) }
  const last = order.fills.at(-1)
  if (!last) return quantities
  const settled = order.fills.reduce((sum, fill) => sum.plus(fill.settled), last.settled.times(0))
  return {
    ...quantities,
    averagePrice: toNumber(averagePrice(order, terms.dealsBase)),
    lastPrice: toNumber(last.rate),
    lastQty: toNumber(last.quantity),
    settlCurrAmt: toNumber(settled),
    execId: last.tradeId,
    tradeDate: isoDate(last.at),
    valueDate: spotDate(last.at),
    counterParty,
  }
}

/** Average over the base amounts, in term per base; exact where all fills have one rate. */
function averagePrice(order: DeskOrder, dealsBase: boolean): Big {
  const [first, ...rest] = order.fills
  if (!first) throw new Error(`Failed to average order ${order.orderId}: it has no fill.`)
  if (rest.every(({ rate }) => rate.eq(first.rate))) return first.rate
  const zero = first.rate.times(0)
  const base = order.fills.reduce(
    (sum, { quantity, rate }) => sum.plus(dealsBase ? quantity : quantity.div(rate)),
    zero,
  )
  const term = order.fills.reduce(
    (sum, { quantity, rate }) => sum.plus(dealsBase ? quantity.times(rate) : quantity),
    zero,
  )
  return term.div(base).round(8)
}

/** The status as the settings spell it. Fact sheet 6, rows 28 and 29. */
function reportedStatus(order: DeskOrder, settings: Settings): string {
  if (order.status === 'CANCELED') return settings['cancel.status']
  const partly = order.status === 'NEW' && order.fills.length > 0
  return partly ? settings['partial.workingStatus'] : order.status
}

/** Fact sheet 6, row 32. */
function rejectionFields(order: DeskOrder, settings: Settings): Record<string, string> {
  if (!order.rejection) return {}
  const names = settings['reject.fields']
  const { code, text, told = settings.errorCodes[code] ?? errorCode(code) } = order.rejection
  return {
    ...(text !== undefined && { [names.reason]: text }),
    ...(told !== null && { [names.code]: told }),
  }
}

/** The simulation's own code for a reason: `missing-field` is MISSING_FIELD. */
export function errorCode(reason: string): string {
  return reason.replaceAll('-', '_').toUpperCase()
}
