import { type ClientEvent, codeOf, isSuccess, objectsOf } from './client-event.ts'
import { ToldOrder } from './told-order.ts'

type Told = Readonly<Record<string, unknown>>

/** What a client did and was told since the scenario began that is acted out for it. */
export class ClientStory {
  readonly orders: ToldOrder[] = []
  /** The batches of trades downloaded, in the order of arrival, the empty ones included. */
  readonly batches: (readonly Told[])[] = []
  readonly #names = new Map<string, ToldOrder>()
  /** The last call. */
  last: ClientEvent | undefined
  /** The last top of the book that the client was told, of whatever symbol. */
  rate: { readonly symbol: string; readonly bid: number; readonly offer: number } | undefined

  /** The order that the scenario is about. */
  order: ToldOrder | undefined

  get trades(): readonly Told[] {
    return this.batches.flat()
  }

  /**
   * Makes the order that a call placed the one that the scenario is about.
   *
   * @param name - To tell it from others.
   */
  takeUp(event: ClientEvent, name?: string): void {
    this.order = this.orders.find(({ placings }) => placings.includes(event))
    if (this.order && name !== undefined) this.#names.set(name, this.order)
  }

  orderNamed(name: string): ToldOrder | undefined {
    return this.#names.get(name)
  }

  tradesOf(order: ToldOrder | undefined): readonly Told[] {
    return this.trades.filter(({ orderId }) => order?.isCalled(orderId))
  }

  /** Something is staged: what was told before says nothing about what comes of it. */
  stale(): void {
    for (const order of this.orders) order.stale()
  }

  note(event: ClientEvent): void {
    this.last = event
    switch (event.operation) {
      case 'placeOrder':
        if (codeOf(event) !== 401) this.#notePlacing(event)
        return
      case 'queryOrder':
      case 'queryOrders':
        this.#noteQuery(event)
        return
      case 'cancelOrder':
        for (const order of this.#asked(event)) order.cancellation = event
        return
      case 'downloadTrades':
        if (isSuccess(event)) this.batches.push(objectsOf(event))
        return
      case 'spotRate':
        this.#noteRate(event)
    }
  }

  #notePlacing(event: ClientEvent): void {
    const { coId } = Object(event.request.body) as Told
    const known = this.orders.find((order) => order.isCalled(coId))
    const order = known ?? new ToldOrder(event)
    if (!known) this.orders.push(order)
    order.place(event)
  }

  #noteQuery(event: ClientEvent): void {
    if (event.operation === 'queryOrders') {
      for (const order of this.#asked(event)) order.lookups.push(event)
    }
    for (const told of objectsOf(event)) {
      const order = this.orders.find(
        (each) => each.isCalled(told.orderId) || each.isCalled(told.coId),
      )
      order?.see(told)
    }
  }

  #noteRate(event: ClientEvent): void {
    const [{ symbol, bid, offer } = {} as Told] = objectsOf(event)
    if (typeof symbol !== 'string' || typeof bid !== 'number' || typeof offer !== 'number') return
    this.rate = { symbol, bid, offer }
  }

  /** The orders that a call names in its path or query, by whichever id. */
  #asked(event: ClientEvent): readonly ToldOrder[] {
    return this.orders.filter((order) => asksFor(event, order))
  }
}

/** Whether a call names an order in its path or query, by whichever id. */
export function asksFor({ request }: ClientEvent, order: ToldOrder): boolean {
  const values = [...Object.values(request.params), ...Object.values(request.query)]
  return values.some((value) => order.isCalled(value))
}
