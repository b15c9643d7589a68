import type { Trade } from '../../api/contract/trades.ts'
import type { TradeRecord } from '../exchange/trade-record.ts'

/** A trade as a test looks at it: the fields of the download that say what was dealt. */
export type DoneTrade = Pick<
  Trade,
  'tradeId' | 'orderId' | 'coId' | 'symbol' | 'currency' | 'side'
> & {
  readonly dealtAmount: number
  readonly settledAmount: number
  readonly rate: number
}

export function doneTrade(record: TradeRecord): DoneTrade {
  const { tradeId, orderId, coId, symbol, currency, side } = record
  return {
    tradeId,
    orderId,
    coId,
    symbol,
    currency,
    side: side === 'Sell' ? 'Sell' : 'Buy',
    dealtAmount: Number(record.dealt),
    settledAmount: Number(record.settled),
    rate: Number(record.rate),
  }
}
