import type { Operation } from '../../api/contract/endpoints.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { Exchange } from '../../evidence/exchange.ts'
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
  readonly #rooms: ReadonlyMap<string, ScenarioRoom>
  readonly #foreign = new Map<string, ForeignTrade>()

  constructor(ledger: OrderLedger, rooms: ReadonlyMap<string, ScenarioRoom>) {
    this.#ledger = ledger
    this.#rooms = rooms
  }

  /** Takes the trades of one download, which is the last exchange that `by` has made. */
  sort(trades: readonly Trade[], by: ScenarioRoom): void {
    const exchange = lastOwn(by, 'downloadTrades')
    for (const trade of trades) {
      const owner = this.#ledger.find(trade)
      if (!owner) this.#noteForeign(trade)
      const room = owner && this.#rooms.get(owner.scenario)
      if (exchange && room?.isOpen && room !== by) room.receive(trade, exchange, by)
    }
  }

  /** Tells every scenario of a resend, the last exchange that `by` has made: trades come again after it. */
  resent(by: ScenarioRoom): void {
    const exchange = lastOwn(by, 'resendTrades')
    for (const room of this.#rooms.values()) {
      if (exchange && room.isOpen && room !== by) room.share(exchange, by)
    }
  }

  /** Tells every scenario of a download whose answer was lost: it may have consumed trades of any. */
  lost(by: ScenarioRoom): void {
    const exchange = lastOwn(by, 'downloadTrades')
    const isLost = exchange?.error !== undefined || (exchange?.response?.status ?? 0) >= 500
    for (const room of this.#rooms.values()) {
      if (exchange && isLost && room.isOpen && room !== by) room.share(exchange, by)
    }
  }

  get foreign(): readonly ForeignTrade[] {
    return [...this.#foreign.values()]
  }

  #noteForeign({ tradeId, orderId, coId }: Trade): void {
    this.#foreign.set(tradeId, { tradeId, orderId, coId })
  }
}

function lastOwn({ transcript }: ScenarioRoom, operation: Operation): Exchange | undefined {
  return transcript.whole.findLast(
    (exchange) => exchange.operation === operation && exchange.sharedFrom === undefined,
  )
}
