import { canonicalStatus } from '../../api/contract/canonical-status.ts'
import { lifecycles } from '../../machines/lifecycle.ts'
import type { Placing } from './placing.ts'
import { elementsOf, type Fields, idOf, type Reading } from './reading.ts'

/** An order as one answer reported it. */
export interface View {
  readonly reading: Reading
  readonly fields: Fields
  readonly status: string
  readonly by: 'placing' | 'query'
}

/**
 * An order that is judged: its placing stands in the transcript, or it was asked for by server id.
 * Whatever else a list shows belongs to others, and may be as it likes.
 */
export interface OwnOrder {
  readonly orderId: string
  readonly placing: Placing | undefined
  /**
   * In the order of the exchanges. A placing that was answered with an order that was known before, as a
   * repeated one may be (setting 20), tells what it was once: no view of it.
   */
  readonly views: readonly View[]
}

interface Seen extends View {
  readonly orderId: string
}

export function ownOrdersOf(
  readings: readonly Reading[],
  placings: readonly Placing[],
): readonly OwnOrder[] {
  const seen = readings.flatMap(seenIn)
  const asked = readings.flatMap(({ operation, params }) =>
    operation === 'queryOrder' ? (params.id ?? []) : [],
  )
  const placed = placings.flatMap(({ orderId }) => orderId ?? [])
  // The id of an order whose answer was lost, or whose refusal did not hold, is known by its coId.
  const found = seen.flatMap(({ orderId, fields }) =>
    placings.some((placing) => isUnnamed(placing, fields.coId)) ? orderId : [],
  )
  const byId = Map.groupBy(seen, ({ orderId }) => orderId)
  return [...new Set([...placed, ...asked, ...found])].map((orderId) => {
    const views = (byId.get(orderId) ?? []).filter(({ by }, at) => by === 'query' || at === 0)
    return { orderId, views, placing: placingOf(orderId, views, placings) }
  })
}

function placingOf(
  orderId: string,
  views: readonly View[],
  placings: readonly Placing[],
): Placing | undefined {
  const named = placings.find((placing) => placing.orderId === orderId)
  if (named) return named
  const unnamed = placings.filter((placing) =>
    views.some(({ fields }) => isUnnamed(placing, fields.coId)),
  )
  // A duplicate that was refused is not the one that made the order, if another can have been.
  const likely = unnamed.filter(({ result }) => result !== 'refused')
  const [only, another] = likely.length > 0 ? likely : unnamed
  return another === undefined ? only : undefined
}

/** Whether an order with this client id may be the one of a placing that told no server id. */
export function isUnnamed({ orderId, coId }: Placing, asked: unknown): boolean {
  return orderId === undefined && coId !== undefined && coId === idOf(asked)
}

function seenIn(reading: Reading): readonly Seen[] {
  const { operation, isSuccess, body, params } = reading
  const isQuery = operation === 'queryOrder' || operation === 'queryOrders'
  if (!isSuccess || !(isQuery || operation === 'placeOrder')) return []
  return elementsOf(body).flatMap((fields) => {
    const orderId = idOf(fields.orderId) ?? (operation === 'queryOrder' ? params.id : undefined)
    const status = statusIn(fields)
    const by = isQuery ? ('query' as const) : ('placing' as const)
    return orderId === undefined ? [] : { orderId, reading, fields, status, by }
  })
}

function statusIn({ status, ...fields }: Fields): string {
  const amount = (value: unknown) => (typeof value === 'number' ? value : undefined)
  return typeof status === 'string'
    ? canonicalStatus({
        status,
        cumQty: amount(fields.cumQty),
        size: amount(fields.size),
        leavesQty: amount(fields.leavesQty),
      })
    : ''
}

/** Whether a status ends an order, of whatever type. Fact sheet 4.1 [seed], 4.2 [inferred]. */
export function isEnd(status: string): boolean {
  return lifecycles.some(({ statuses, isFinal }) =>
    statuses.some((known) => known === status && isFinal(known)),
  )
}

/** The first query that saw the order ended. */
export function endOf({ views }: OwnOrder): View | undefined {
  return views.find(({ by, status }) => by === 'query' && isEnd(status))
}
