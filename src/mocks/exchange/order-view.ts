import { Big } from 'big.js'
import type { Order } from '../../api/contract/orders.ts'
import { isoDate, spotDate } from './dates.ts'
import type { DeskOrder } from './desk-order.ts'
import type { Settings } from './settings/settings.ts'
import type { Decimal, Fill } from './trade-record.ts'

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
    ...(order.dealsBase !== undefined && executionFields(order, order.dealsBase, counterParty)),
    ...rejectionFields(order, settings),
    ...(order.lastEvent && { executionType: executionTypes[order.lastEvent] }),
    transactTime: order.changedAt,
  }
}

function executionFields(
  order: DeskOrder,
  dealsBase: boolean,
  counterParty: string,
): Partial<Order> {
  const { fills } = order
  const quantities = { cumQty: toNumber(order.dealt), leavesQty: toNumber(order.open) }
  const last = fills.at(-1)
  if (!last) return quantities
  return {
    ...quantities,
    averagePrice: Number(averagePrice(fills, last, dealsBase)),
    lastPrice: Number(last.rate),
    lastQty: Number(last.dealt),
    settlCurrAmt: Number(fills.length === 1 ? last.settled : sum(fills, ({ settled }) => settled)),
    execId: last.tradeId,
    tradeDate: isoDate(last.executedAt),
    valueDate: spotDate(last.executedAt),
    counterParty,
  }
}

/** Average over the base amounts, in term per base; exact where all fills have one rate. */
function averagePrice(fills: readonly Fill[], last: Fill, dealsBase: boolean): Decimal {
  if (fills.every(({ rate }) => rate === last.rate)) return last.rate
  const base = sum(fills, ({ dealt, rate }) => (dealsBase ? dealt : new Big(dealt).div(rate)))
  const term = sum(fills, ({ dealt, rate }) => (dealsBase ? new Big(dealt).times(rate) : dealt))
  return term.div(base).round(8).toString()
}

function sum(fills: readonly Fill[], amountOf: (fill: Fill) => Big | Decimal): Big {
  return fills.reduce((total, fill) => total.plus(amountOf(fill)), new Big(0))
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
