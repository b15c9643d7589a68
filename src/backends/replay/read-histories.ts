import { isPlacing } from './api-base.ts'
import type { Histories, OrderHistory, RefusedPlacing, UnansweredPlacing } from './order-history.ts'
import { type Placing, readPlacing } from './placing.ts'
import type { RecordedCall, Recording } from './recording.ts'
import { ordersIn, type SeenOrder } from './seen-order.ts'

/** Puts together what became of every placing of a recording. */
export function readHistories({ calls, baseUrl }: Recording): Histories {
  const reader = new HistoryReader(`${baseUrl}/v2/orders`)
  for (const call of calls) reader.read(call)
  return reader
}

class HistoryReader implements Histories {
  readonly orders: OrderHistory[] = []
  readonly refused: RefusedPlacing[] = []
  readonly unanswered: UnansweredPlacing[] = []
  readonly strangers = new Set<string>()
  readonly failed = new Map<string, number>()
  readonly #ordersUrl: string
  readonly #byOrderId = new Map<string, OrderHistory>()
  /** The latest order of each. */
  readonly #byCoId = new Map<string, OrderHistory>()
  #placings = 0

  constructor(ordersUrl: string) {
    this.#ordersUrl = ordersUrl
  }

  read(call: RecordedCall): void {
    if (isPlacing(call)) this.#place(call)
    else if (call.method === 'DELETE' && this.#isAboutOrders(call)) this.#cancel(call)
    else if (call.method === 'GET' && this.#isAboutOrders(call)) this.#query(call)
  }

  #isAboutOrders({ url, operation }: RecordedCall): boolean {
    return operation?.includes('Order') ?? url.startsWith(this.#ordersUrl)
  }

  #place(call: RecordedCall): void {
    this.#placings += 1
    const placing = readPlacing(call, this.#placings)
    const { answer } = call
    const [placedAs] = (answer && ordersIn(answer)) ?? []
    if (placedAs) this.#begin(placing, placedAs)
    else if (answer) this.refused.push({ placing, ...answer, taken: false })
    else this.unanswered.push({ placing, taken: false })
  }

  #begin(placing: Placing, placedAs?: SeenOrder): OrderHistory {
    const history: OrderHistory = { placing, ...(placedAs && { placedAs }), events: [] }
    this.orders.push(history)
    if (placing.coId !== undefined) this.#byCoId.set(placing.coId, history)
    this.#learn(history, placedAs?.orderId)
    return history
  }

  #learn(history: OrderHistory, orderId: string | undefined): void {
    if (orderId === undefined) return
    history.orderId = orderId
    this.#byOrderId.set(orderId, history)
  }

  #cancel(call: RecordedCall): void {
    const history = this.#askedFor(call.url)
    const status = call.answer?.status ?? 0
    if (!history) return
    const isAnswer = (status >= 200 && status < 300) || [400, 404, 409, 410, 422].includes(status)
    if (!isAnswer) this.#fail(call)
    history.events.push(
      isAnswer
        ? { kind: 'cancellation', accepted: status < 300 }
        : { kind: 'cancellation in doubt' },
    )
  }

  #query(call: RecordedCall): void {
    const orders = call.answer?.status === 404 ? [] : call.answer && ordersIn(call.answer)
    if (!orders) {
      this.#fail(call)
      return
    }
    const told = this.#told(orders, this.#askedFor(call.url))
    // Asked anew: the answer may have told of an order that was not known before.
    const asked = this.#askedFor(call.url)
    if (asked && !told.has(asked)) asked.events.push({ kind: 'unknown' })
    const unlisted = !asked && this.#isList(call) ? this.orders : []
    for (const history of unlisted) {
      if (!told.has(history)) history.events.push({ kind: 'unlisted' })
    }
  }

  /** Notes what an answer tells of orders, and says of which. */
  #told(orders: readonly SeenOrder[], asked: OrderHistory | undefined): ReadonlySet<OrderHistory> {
    const told = new Set<OrderHistory>()
    for (const order of orders) {
      const history = order.orderId === undefined ? asked : this.#historyOf(order)
      if (history) {
        history.events.push({ kind: 'seen', order })
        told.add(history)
      } else if (order.orderId !== undefined) this.strangers.add(order.orderId)
    }
    return told
  }

  /** The order that an answer tells of. One that nobody knew may be of a placing without an order. */
  #historyOf(order: SeenOrder): OrderHistory | undefined {
    const { orderId, coId } = order
    const known = this.#byOrderId.get(orderId ?? '')
    if (known) return known
    const nameless = this.#byCoId.get(coId ?? '')
    if (nameless && nameless.orderId === undefined) {
      this.#learn(nameless, orderId)
      return nameless
    }
    const lost = [...this.unanswered, ...this.refused].find(
      ({ placing, taken }) => !taken && coId !== undefined && placing.coId === coId,
    )
    if (!lost) return undefined
    lost.taken = true
    const history = this.#begin(lost.placing)
    this.#learn(history, orderId)
    return history
  }

  /** The order whose id stands in an address, wherever that is; the latest one of a client id. */
  #askedFor(url: string): OrderHistory | undefined {
    const values = valuesIn(url)
    const byId = values.map((value) => this.#byOrderId.get(value)).find(Boolean)
    return byId ?? values.map((value) => this.#byCoId.get(value)).find(Boolean)
  }

  #isList({ url }: RecordedCall): boolean {
    const { pathname, searchParams } = new URL(url)
    return pathname === new URL(this.#ordersUrl).pathname && searchParams.size === 0
  }

  #fail({ method, answer }: RecordedCall): void {
    const what = `${method} of an order → ${answer?.status ?? 'no answer'}`
    this.failed.set(what, (this.failed.get(what) ?? 0) + 1)
  }
}

function valuesIn(url: string): readonly string[] {
  const { pathname, searchParams } = new URL(url)
  const segments = pathname.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment)
    } catch {
      return segment
    }
  })
  return [...segments, ...searchParams.values()].filter((value) => value !== '')
}
