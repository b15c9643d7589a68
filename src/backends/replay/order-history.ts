import type { Placing } from './placing.ts'
import type { SeenOrder } from './seen-order.ts'

/** What happened to an order, as the app came to know it. */
export type HistoryEvent =
  | { readonly kind: 'seen'; readonly order: SeenOrder }
  /** All active orders were listed, and it was not among them. */
  | { readonly kind: 'unlisted' }
  /** It was asked for, and the answer did not know it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'cancellation'; readonly accepted: boolean }
  /** It was cancelled, and no answer came, or one that says nothing about it. */
  | { readonly kind: 'cancellation in doubt' }

/** The story of one order from its placing on. */
export interface OrderHistory {
  readonly placing: Placing
  /** Learnt later where the placing had no answer. */
  orderId?: string
  /** What the answer to the placing said; absent where there was none. */
  readonly placedAs?: SeenOrder
  readonly events: HistoryEvent[]
}

/** A placing that was answered, but not with an order. */
export interface RefusedPlacing {
  readonly placing: Placing
  readonly status: number
  readonly contentType?: string
  readonly body?: string
  /** Whether an order turned up all the same. */
  taken: boolean
}

/** A placing without an answer. */
export interface UnansweredPlacing {
  readonly placing: Placing
  taken: boolean
}

/** What a recording tells of orders. */
export interface Histories {
  readonly orders: readonly OrderHistory[]
  readonly refused: readonly RefusedPlacing[]
  readonly unanswered: readonly UnansweredPlacing[]
  /** Orders that nobody placed in the recording, by id. */
  readonly strangers: ReadonlySet<string>
  /** Calls about orders that failed, or had no answer, e.g. `GET → 503`, and how many. */
  readonly failed: ReadonlyMap<string, number>
}
