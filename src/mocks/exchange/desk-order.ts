import { Big } from 'big.js'
import type { OrderStatus } from '../../api/contract/statuses.ts'
import type { Lifecycle } from '../../machines/lifecycle.ts'
import type { OrderEventType } from '../../machines/order-events.ts'
import type { Appointment } from './agenda.ts'
import type { User } from './directory.ts'
import type { OrderTerms } from './order-terms.ts'
import type { Pace } from './pace.ts'
import type { Reason } from './refusal.ts'
import type { Decimal, Fill } from './trade-record.ts'

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
  | { readonly kind: 'deal parts'; readonly parts: readonly Decimal[] }

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

/** What a working order waits for besides queries. */
export interface Waits {
  /** The end of its time in force. */
  deadline?: Appointment | undefined
  /** The end of its present stage, where time paces that. */
  pace?: Appointment | undefined
  /** Since when it rests, as a number of the agenda. */
  restsSince?: number | undefined
}

interface Particulars {
  readonly orderId: string
  readonly coId: string
  readonly user: User
  readonly echo: Readonly<Record<string, unknown>>
  readonly terms?: OrderTerms
  readonly lifecycle: Lifecycle
  /** Absent where the order is final. */
  readonly plan?: Plan
  readonly placedAt: number
}

/** How far an order has come that is taken up again. */
export interface Progress
  extends Pick<DeskOrder, 'status' | 'changedAt' | 'fills'>,
    Partial<
      Pick<
        DeskOrder,
        'lastEvent' | 'rejection' | 'endedAs' | 'dealsBase' | 'stagePolls' | 'isCancelling'
      >
    > {
  readonly waits: Waits
}

const NOTHING = new Big(0)
/** One for all orders that are final. */
const NO_PLAN: Plan = { ending: { kind: 'deal nothing' }, received: 'held', new: ['held'] }
const NO_WAITS: Readonly<Waits> = Object.freeze({})
/** One for all orders without any. */
const NO_FILLS: readonly Fill[] = []

/** One order at the desk. Its status is where its lifecycle stands; only events move it. */
export class DeskOrder {
  readonly orderId: string
  readonly coId: string
  readonly user: User
  readonly echo: Readonly<Record<string, unknown>>
  /** Whether the dealt currency is the base currency; absent where the terms could not be made out. */
  dealsBase: boolean | undefined
  readonly lifecycle: Lifecycle
  readonly placedAt: number
  rejection: Rejection | undefined
  /** Whether a cancellation was taken on that is still to be done. */
  isCancelling = false
  /** Queries that have seen the present stage. */
  stagePolls = 0
  lastEvent: OrderEventType | undefined
  changedAt: number
  /** Its place among the finished orders; absent while it works. */
  endedAs: number | undefined
  waits: Waits = {}
  #terms: OrderTerms | undefined
  #plan: Plan
  #fills: readonly Fill[] = NO_FILLS
  #dealt: Decimal = '0'
  #status: OrderStatus

  constructor(particulars: Particulars) {
    this.orderId = particulars.orderId
    this.coId = particulars.coId
    this.user = particulars.user
    this.echo = particulars.echo
    this.#terms = particulars.terms
    this.dealsBase = particulars.terms?.dealsBase
    this.lifecycle = particulars.lifecycle
    this.#plan = particulars.plan ?? NO_PLAN
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

  /** What was asked for, until the order is final. */
  get terms(): OrderTerms | undefined {
    return this.#terms
  }

  /** What will become of it: nothing any more, once it is final. */
  get plan(): Plan {
    return this.#plan
  }

  get fills(): readonly Fill[] {
    return this.#fills
  }

  /** Dealt so far, in the dealt currency. */
  get dealt(): Big {
    return new Big(this.#dealt)
  }

  /** Still open, in the dealt currency; nothing once the order is final. */
  get open(): Big {
    return this.#terms ? this.#terms.size.minus(this.#dealt) : NOTHING
  }

  /** Adds what one deal came to. */
  fill(fills: readonly Fill[]): void {
    this.waits.pace = undefined
    this.#fills = [...this.#fills, ...fills]
    this.#dealt = fills.reduce((sum, { dealt }) => sum.plus(dealt), this.dealt).toString()
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
    if (next !== this.#status) {
      this.stagePolls = 0
      this.waits.pace = undefined
    }
    this.#status = next
    this.lastEvent = event
    this.changedAt = at
    this.#drop()
  }

  /** Takes the order up again where it was. */
  resume({ status, fills, ...rest }: Progress): void {
    this.#status = status
    if (fills.length > 0) this.fill(fills)
    Object.assign(this, rest)
    this.#drop()
  }

  #drop(): void {
    if (!this.isFinal) return
    // Most orders kept are final, and these are what takes most memory of one.
    this.#terms = undefined
    this.#plan = NO_PLAN
    this.waits = NO_WAITS
  }
}
