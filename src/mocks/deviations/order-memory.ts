import type { Answer, Call, Fields, KnownOrder } from './deviation.ts'

/** Remembers which orders there are, and what was told of them. */
export class OrderMemory {
  readonly orders: Map<string, KnownOrder> = new Map()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** What the simulation answered, whatever is told instead. */
  learn({ operation, sent }: Call, { status, body }: Answer): void {
    const [order] = fieldsIn(body)
    if (operation !== 'placeOrder' || status !== 202 || !sent || !order) return
    const orderId = String(order.orderId)
    this.orders.set(orderId, { orderId, sent, placedAt: this.#now(), told: [] })
  }

  /** What was answered in the end. */
  tell({ operation, params }: Call, { body }: Answer): void {
    const isQuery = operation === 'queryOrder' || operation === 'queryOrders'
    if (!isQuery && operation !== 'placeOrder') return
    for (const { orderId, status } of fieldsIn(body)) {
      const known = this.orders.get(String(orderId ?? params.id))
      if (!known || typeof status !== 'string') continue
      this.orders.set(known.orderId, { ...known, told: [...known.told, status] })
    }
  }
}

/** The objects of a body: its own, or those of the list it is. */
export function fieldsIn(body: unknown): readonly Fields[] {
  return [body].flat().filter((each): each is Fields => typeof each === 'object' && each !== null)
}
