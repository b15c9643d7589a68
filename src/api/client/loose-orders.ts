import type { Order } from '../contract/orders.ts'

/** As much of an order as it takes to cancel it. */
export type LooseOrder = Pick<Order, 'orderId' | 'coId' | 'status'>

/**
 * The orders in an answer that is otherwise not as documented: whatever else is wrong with it, an order
 * that it tells of may be working, and has to be ended.
 */
export function looseOrders(raw: string): LooseOrder[] {
  return [parse(raw)].flat().flatMap((each): LooseOrder[] => {
    const { orderId, coId, status } = Object(each) as Readonly<Record<string, unknown>>
    const id = textOf(orderId)
    return id === '' ? [] : [{ orderId: id, coId: textOf(coId), status: textOf(status) }]
  })
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
