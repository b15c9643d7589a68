import type { User } from './directory.ts'

/** An exact decimal as text, e.g. `1086.34`. A Big takes ten times the memory, and trades are kept long. */
export type Decimal = string

/** A done trade. `dealt` is in `currency`, `settled` in the other currency of `symbol`. */
export interface TradeRecord {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
  readonly user: Pick<User, 'name' | 'org'>
  readonly side: string
  readonly symbol: string
  readonly currency: string
  readonly rateId?: string | undefined
  readonly dealt: Decimal
  readonly settled: Decimal
  readonly rate: Decimal
  /** Epoch milliseconds. */
  readonly executedAt: number
}

/** One deal on an order: `dealt` in the dealt currency, `settled` in the other one. */
export type Fill = Pick<TradeRecord, 'tradeId' | 'dealt' | 'settled' | 'rate' | 'executedAt'>
