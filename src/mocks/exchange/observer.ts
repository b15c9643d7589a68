import type { DeskOrder } from './desk-order.ts'
import type { EnrolledUser } from './directory.ts'
import type { Quote } from './quotes.ts'
import type { ConsumerRecord, DeliveryRecord, Person } from './records.ts'
import type { Session } from './session-store.ts'
import type { TradeRecord } from './trade-record.ts'

/**
 * Told what happens in an exchange, at once and in order, as far as it wants to know: each call comes
 * after the change and before the answer that it leads to. It must not call the exchange, and not throw.
 *
 * Whoever keeps records writes the record of whatever is told, and the rest record with each batch: its
 * counters move with most of it.
 */
export interface ExchangeObserver {
  /** An order was placed, has another status, or was dealt on. */
  orderChanged?(order: DeskOrder): void
  /** Nothing that anybody would see, but its record is another: a query was counted, a stage timed. */
  orderStirred?(order: DeskOrder): void
  /** It made room, or its time of retention is over. */
  orderForgotten?(orderId: string): void
  tradeDone?(trade: TradeRecord): void
  tradeForgotten?(tradeId: string): void
  /** Trades queue up for a consumer, were delivered, were not delivered after all, or are to be sent again. */
  tradesMoved?(deliveries: readonly DeliveryRecord[]): void
  /** Somebody downloads for the first time, or once more where trades wait for a number of downloads. */
  consumerChanged?(consumer: ConsumerRecord): void
  /** A session was issued, or expires at another time. */
  sessionChanged?(session: Session): void
  /** It made room, or another one took its place: its token is unknown. Expiry alone is not told. */
  sessionEnded?(token: string): void
  userEnrolled?(user: EnrolledUser): void
  /** A guest made room. */
  userForgotten?(user: Person): void
  /** A rate was quoted, or dealt on where that spends it. */
  quoteChanged?(quote: Quote): void
  quoteForgotten?(rateId: string): void
  /** The rest record is another though nothing above happened: the market was staged, a login failed. */
  restChanged?(): void
}
