import { Big } from 'big.js'
import type { OrderStatus } from '../../api/contract/statuses.ts'
import type { Lifecycle } from '../../machines/lifecycle.ts'
import type { OrderEventType } from '../../machines/order-events.ts'
import type { User } from './directory.ts'
import type { OrderTerms } from './order-terms.ts'
import type { Pace } from './pace.ts'
import type { Reason } from './refusal.ts'

/** One deal on an order: `quantity` in the dealt currency, `settled` in the other one. */
export interface Fill {
  readonly tradeId: string
  readonly quantity: Big
  readonly settled: Big
  readonly rate: Big
  readonly at: number
}

/** Why an order was rejected, as far as anybody said. */
export interface Rejection {
  readonly code: Reason
  readonly text?: string
  /** The code that is told in place of that of the reason; `null` for none. */
  readonly told?: string | null
}

/** What will become of an order, in the desk's hands. */
export type Ending =
  | { readonly kind: 'business' }
  | { readonly kind: 'deal whole' }
  | { readonly kind: 'reject'; readonly when: OrderStatus; readonly rejection?: Rejection }
  | { readonly kind: 'deal nothing' }
  | { readonly kind: 'deal parts'; readonly parts: readonly Big[] }

export interface Plan {
  readonly ending: Ending
  readonly received: Pace
  /** Of NEW before each part in turn, and last before the end; the last one is good for all that follow. */
  readonly new: readonly [Pace, ...Pace[]]
  /** What becomes of cancelling the order; done at once when absent. */
  readonly cancel?: Pace | 'too late' | 'overtaken'
  /** Whether the end of its time in force means nothing to it, unless its stage is held. */
  readonly outlasts?: boolean
  /** As what it lapses once its last stage is over, whatever its time in force. */
  readonly lapsesAs?: 'EXPIRED' | 'CANCELED'
}

interface Particulars {
  readonly orderId: string
  readonly coId: string
  readonly user: User
  readonly echo: Readonly<Record<string, unknown>>
  readonly terms?: OrderTerms
  readonly lifecycle: Lifecycle
  readonly plan: Plan
  readonly placedAt: number
}

/** One order at the desk. Its status is where its lifecycle stands; only events move it. */
export class DeskOrder {
  readonly orderId: string
  readonly coId: string
  readonly user: User
  readonly echo: Readonly<Record<string, unknown>>
  readonly terms: OrderTerms | undefined
  readonly lifecycle: Lifecycle
  readonly plan: Plan
  readonly placedAt: number
  readonly fills: Fill[] = []
  rejection: Rejection | undefined
  /** Whether a cancellation was taken on that is still to be done. */
  isCancelling = false
  /** Queries that have seen the present stage. */
  stagePolls = 0
  lastEvent: OrderEventType | undefined
  changedAt: number
  #status: OrderStatus

  constructor(particulars: Particulars) {
    this.orderId = particulars.orderId
    this.coId = particulars.coId
    this.user = particulars.user
    this.echo = particulars.echo
    this.terms = particulars.terms
    this.lifecycle = particulars.lifecycle
    this.plan = particulars.plan
    this.placedAt = particulars.placedAt
    this.changedAt = particulars.placedAt
    this.#status = particulars.lifecycle.initial
  }

  get status(): OrderStatus {
    return this.#status
  }

  get isFinal(): boolean {
    return this.lifecycle.isFinal(this.#status)
  }

  /** Dealt so far, in the dealt currency. */
  get dealt(): Big {
    return this.fills.reduce((sum, fill) => sum.plus(fill.quantity), new Big(0))
  }

  /** Still open, in the dealt currency; nothing once the order is final. */
  get open(): Big {
    return this.terms && !this.isFinal ? this.terms.size.minus(this.dealt) : new Big(0)
  }

  /**
   * Moves the order along its lifecycle.
   *
   * @param at - Epoch milliseconds.
   * @throws {Error} The lifecycle has no such step: a fault of the desk, not of the client.
   */
  apply(event: OrderEventType, at: number): void {
    const next = this.lifecycle.next(this.#status, event)
    if (next === undefined) {
      throw new Error(
        `Failed to apply ${event} to order ${this.orderId}: a ${this.lifecycle.name} order that is ${this.#status} has no such step.`,
      )
    }
    if (next !== this.#status) this.stagePolls = 0
    this.#status = next
    this.lastEvent = event
    this.changedAt = at
  }
}
