import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import type { Reading } from '../../reading/reading.ts'

/** A cancellation of an own order that got an answer. */
export interface Cancellation {
  readonly reading: Reading
  readonly order: OwnOrder
  /** What queries that were asked before it saw, and after it. */
  readonly before: readonly View[]
  readonly after: readonly View[]
}

/** Whoever sent it: what it does to the order is the same. */
export function cancellationsIn({ made, orders }: Matter): readonly Cancellation[] {
  return made.flatMap((reading) => {
    const order = orders.find(({ orderId }) => orderId === reading.params.orderId)
    if (reading.operation !== 'cancelOrder' || !reading.isWhole || !order) return []
    const queried = order.views.filter(({ by }) => by === 'query')
    const before = queried.filter(
      (view) => view.reading.number < reading.number && view.reading.doneAt <= reading.exchange.at,
    )
    const after = queried.filter(
      (view) => view.reading.number > reading.number && view.reading.exchange.at >= reading.doneAt,
    )
    return [{ reading, order, before, after }]
  })
}
