import type { OrderStatus } from '../../api/contract/statuses.ts'
import type { OrderEventType } from '../../machines/order-events.ts'
import type { Appointment } from './agenda.ts'
import type { Plan, Rejection } from './desk-order.ts'
import type { StagedRule } from './staged-rules.ts'
import type { Decimal, Fill, TradeRecord } from './trade-record.ts'

/** Who, as the records name them. */
export interface Person {
  readonly name: string
  readonly org: string
}

/** An order. What only a working one needs is under `work`. Times are in epoch milliseconds. */
export interface OrderRecord {
  readonly orderId: string
  readonly coId: string
  readonly user: Person
  readonly echo: Readonly<Record<string, unknown>>
  readonly placedAt: number
  readonly changedAt: number
  readonly status: OrderStatus
  readonly lastEvent?: OrderEventType
  readonly rejection?: Rejection
  readonly dealsBase?: boolean
  readonly fills?: readonly Fill[]
  /** Its place among the finished orders; absent while it works. */
  readonly endedAs?: number
  readonly work?: WorkRecord
}

export interface WorkRecord {
  readonly plan: Plan
  readonly stagePolls: number
  readonly isCancelling: boolean
  readonly deadline?: Appointment
  readonly pace?: Appointment
  readonly restsSince?: number
}

/** Somebody who downloads: a user, or with an empty name the organisation as one. */
export interface ConsumerRecord extends Person {
  readonly downloads: number
}

/** Where one trade stands with one consumer. One that has none waits since before the first download. */
export type DeliveryRecord = {
  readonly consumer: Person
  readonly tradeId: string
} & (
  | { readonly state: 'got'; readonly turn: number }
  | {
      readonly state: 'waiting'
      readonly event: 'NEW' | 'RESEND'
      readonly rank: number
      readonly ripeAfter: number
    }
)

export interface SessionRecord {
  readonly token: string
  readonly user: Person
  readonly number: number
  readonly startedAt: number
  readonly expiresAt: number
  readonly isRotated: boolean
}

export interface UserRecord extends Person {
  readonly password: string
  readonly mayTrade: boolean
  readonly isGuest?: boolean
}

export interface QuoteRecord {
  readonly rateId: string
  readonly symbol: string
  readonly bid: Decimal
  readonly offer: Decimal
  readonly bidLimit: Decimal
  readonly offerLimit: Decimal
  readonly quotedAt: number
  readonly expiresAt: number
  readonly quotedTo?: Person
  readonly isSpent: boolean
}

/** The market as staged. */
export interface MarketRecord {
  readonly unfrozenMs: number
  /** Since when its walk goes on; `null` while it is frozen. */
  readonly runningSince: number | null
  /** The pairs that were staged, alone. */
  readonly pairs: readonly {
    readonly symbol: string
    readonly shift: number
    readonly streaming: boolean
    readonly topSize: number
  }[]
}

/** What belongs to no one thing: small, and written with every batch. */
export interface RestRecord {
  /** Of the shape of all records. */
  readonly version: 1
  /** Tells one seed from another, and gives none away. */
  readonly seedMark: string
  /** How many ids of each kind were given out. */
  readonly given: {
    readonly orders: number
    readonly trades: number
    readonly quotes: number
    readonly sessions: number
    readonly passwords: number
    readonly appointments: number
    readonly rules: number
  }
  readonly market: MarketRecord
  /** When resting orders are looked at next, while any is near the market. */
  readonly nextLook?: Appointment
  /** Failed logins in a row. */
  readonly failures: readonly (Person & { readonly count: number })[]
  readonly rules: readonly StagedRule[]
}

/**
 * An exchange as plain JSON: orders in the order of placing, trades in the order of dealing, sessions and
 * users in the order of their beginning, quotes oldest first. Whatever order deliveries have.
 */
export interface ExchangeRecord {
  readonly rest: RestRecord
  readonly users: readonly UserRecord[]
  readonly sessions: readonly SessionRecord[]
  readonly quotes: readonly QuoteRecord[]
  readonly orders: readonly OrderRecord[]
  readonly trades: readonly TradeRecord[]
  readonly consumers: readonly ConsumerRecord[]
  readonly deliveries: readonly DeliveryRecord[]
}
