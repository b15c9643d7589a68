import type { Trade } from '../../api/contract/trades.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** A trade that no order of this run led to; a download consumed it. */
export interface ForeignTrade {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
}

/**
 * Sorts what downloads bring. Downloading consumes for the whole login, so that a trade may come to a
 * scenario that does not own it: it is handed on to the one that does, or named in the report.
 *
 * @see Fact sheet 5, "every consumer of the same login competes" [inferred].
 */
export class TradeDesk {
  readonly #ledger: OrderLedger
  readonly #roomOf: (key: string) => ScenarioRoom | undefined
  readonly #foreign = new Map<string, ForeignTrade>()
  /** Ids of the orders of which a trade has come. */
  readonly #tradedOrders = new Set<string>()

  constructor(ledger: OrderLedger, roomOf: (key: string) => ScenarioRoom | undefined) {
    this.#ledger = ledger
    this.#roomOf = roomOf
  }

  /** Takes the trades of one download, which is the last exchange that `by` has made. */
  sort(trades: readonly Trade[], by: ScenarioRoom): void {
    const exchange = by.transcript.whole.findLast(
      ({ operation, sharedFrom }) => operation === 'downloadTrades' && sharedFrom === undefined,
    )
    for (const trade of trades) {
      this.#tradedOrders.add(trade.orderId)
      const owner = this.#ledger.find(trade)
      if (!owner) this.#noteForeign(trade)
      const room = owner && this.#roomOf(owner.scenario)
      if (exchange && room?.isOpen && room !== by) room.receive(trade, exchange, by)
    }
  }

  isTraded(orderId: string): boolean {
    return this.#tradedOrders.has(orderId)
  }

  get foreign(): readonly ForeignTrade[] {
    return [...this.#foreign.values()]
  }

  #noteForeign({ tradeId, orderId, coId }: Trade): void {
    this.#foreign.set(tradeId, { tradeId, orderId, coId })
  }
}
