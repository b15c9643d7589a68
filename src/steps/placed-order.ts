import { assert } from 'chai'
import type { Answer } from '../api/client/answer.ts'
import type { Order } from '../api/contract/orders.ts'
import type { OrderStatus } from '../api/contract/statuses.ts'
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

/** One order as its trader knows it: what was sent, what was answered, what was seen since. */
export class PlacedOrder {
  readonly sent: OrderFields
  readonly placing: Answer<Order>
  readonly flow: TradingFlow
  readonly #views: Order[] = []

  constructor(sent: OrderFields, placing: Answer<Order>, flow: TradingFlow) {
    this.sent = sent
    this.placing = placing
    this.flow = flow
    if (placing.kind !== 'success') return
    this.#views.push(placing.value)
  }

  /**
   * The server id.
   *
   * @throws {AssertionError} The placing was not accepted.
   */
  get id(): string {
    assert(
      this.placing.kind === 'success',
      `The order was not accepted: ${describe(this.placing)}.`,
    )
    return this.placing.value.orderId
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
  see(view: Order): void {
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

/** An answer in a few words, for the sentence of a failed assertion. */
export function describe(answer: Answer<unknown>): string {
  switch (answer.kind) {
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
