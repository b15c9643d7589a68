import { assert } from 'chai'
import type { Answer } from '../api/client/answer.ts'
import { canonicalStatus } from '../api/contract/canonical-status.ts'
import type { Order } from '../api/contract/orders.ts'
import type { OrderStatus } from '../api/contract/statuses.ts'
import type { DoubtResult } from '../backends/backend.ts'
import type { TradingEvent } from '../machines/trading-workflow.ts'
import type { TradingFlow } from './trading-flow.ts'

/** What was sent to place an order; any field may be wrong, on purpose. */
export type OrderFields = Readonly<Record<string, unknown>>

const endings: Readonly<Record<string, TradingEvent>> = {
  REJECTED: { type: 'status.rejected' },
  EXPIRED: { type: 'status.expired' },
  CANCELED: { type: 'status.canceled' },
}
const finalStatuses: readonly string[] = [
  'FILLED',
  'REJECTED',
  'EXPIRED',
  'CANCELED',
] satisfies OrderStatus[]

/** A placing that got no answer, or none that tells, and what looking for its order brought. */
export interface InDoubt {
  readonly kind: 'in doubt'
  /** What came instead of an answer, e.g. `no HTTP answer: ECONNRESET`. */
  readonly cause: string
  readonly result: DoubtResult
  /** The one order found. */
  readonly order?: Order
  /** How often it was looked for. */
  readonly lookups: number
}

export type Placing = Answer<Order> | InDoubt

/** One order as its trader knows it: what was sent, what was answered, what was seen since. */
export class PlacedOrder {
  readonly sent: OrderFields
  readonly placing: Placing
  readonly flow: TradingFlow
  /** Places the same once more, at a fresh rate and under a new client id; absent where that makes no sense. */
  again: (() => Promise<PlacedOrder>) | undefined
  /** How many attempts were made before this one. */
  attempt = 0
  /** Whether another attempt has taken its place. */
  isReplaced = false
  /** The answer to cancelling it: what becomes of it then is no longer up to the placing alone. */
  cancellation: Answer<unknown> | undefined
  readonly #views: Order[] = []

  constructor(sent: OrderFields, placing: Placing, flow: TradingFlow) {
    this.sent = sent
    this.placing = placing
    this.flow = flow
    const first = acceptedOrder(placing)
    if (first) this.#views.push(first)
  }

  /**
   * The server id.
   *
   * @throws {AssertionError} The placing was not accepted.
   */
  get id(): string {
    return this.view.orderId
  }

  get isCancelled(): boolean {
    return this.cancellation !== undefined
  }

  get coId(): string | undefined {
    return typeof this.sent.coId === 'string' ? this.sent.coId : undefined
  }

  /** The last view of the order. */
  get view(): Order {
    const last = this.#views.at(-1)
    assert(last, `The order was not accepted: ${describe(this.placing)}.`)
    return last
  }

  /** The statuses seen, each once in a row, the placing's first. */
  get statuses(): readonly string[] {
    const seen = this.#views.map(({ status }) => status)
    return seen.filter((status, index) => status !== seen[index - 1])
  }

  get isFinal(): boolean {
    return finalStatuses.includes(this.view.status)
  }

  /** Notes what a query saw. */
  see(seen: Order): void {
    const view = { ...seen, status: canonicalStatus(seen) }
    this.#views.push(view)
    const event = eventOf(view)
    if (this.flow.can(event)) this.flow.note(event)
  }
}

function eventOf({ status, cumQty = 0 }: Order): TradingEvent {
  if (status === 'FILLED') return { type: 'status.filled' }
  const ending = endings[status]
  if (!ending) return { type: 'status.intermediate' }
  return cumQty > 0 && status !== 'REJECTED' ? { type: 'status.endedPartly' } : ending
}

/** The order that a placing brought, as far as is known. */
export function acceptedOrder(placing: Placing): Order | undefined {
  if (placing.kind === 'in doubt') return placing.order
  return placing.kind === 'success' ? placing.value : undefined
}

/** An answer in a few words, for the sentence of a failed assertion. */
export function describe(answer: Answer<unknown> | InDoubt): string {
  switch (answer.kind) {
    case 'in doubt':
      return `${answer.cause}; looked up by its client id, ${answer.result}`
    case 'success':
      return `HTTP ${answer.httpStatus}, accepted`
    case 'refusal':
      return `HTTP ${answer.httpStatus}, refused${answer.message === undefined ? '' : `: ${answer.message}`}`
    case 'malformed': {
      const problems = answer.problems.map(({ path, message }) => `${path || 'body'}: ${message}`)
      return `HTTP ${answer.httpStatus}, not as documented (${problems.join('; ')})`
    }
  }
}
