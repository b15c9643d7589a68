import type { LooseOrder } from '../../api/client/loose-orders.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { Account } from '../../evidence/account.ts'
import type { Exchange } from '../../evidence/exchange.ts'
import type { Login } from './login.ts'
import type { LedgerEntry, OrderLedger } from './order-ledger.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** A trade that no order of this run led to; a download consumed it. */
export interface ForeignTrade {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
  /** Whose download it was, where the run trades as several users. */
  readonly account?: Account
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
  readonly #logins: readonly Login[]
  readonly #foreign = new Map<string, ForeignTrade>()
  #resentAt: number | undefined

  constructor(
    ledger: OrderLedger,
    rooms: ReadonlyMap<string, ScenarioRoom>,
    logins: readonly Login[],
  ) {
    this.#ledger = ledger
    this.#rooms = rooms
    this.#logins = logins
  }

  /**
   * Takes the trades of one download, which is the last exchange that `by` has made.
   *
   * @param sharers - Who made it together with `by`, and is answered with all of them too.
   */
  sort(
    trades: readonly Trade[],
    by: ScenarioRoom,
    sharers: ReadonlySet<ScenarioRoom> = new Set(),
  ): void {
    const exchange = lastOwn(by, 'downloadTrades')
    for (const trade of trades) {
      const owner = this.ownerOf(trade, by.login)
      if (!owner) this.#noteForeign(trade, by.login)
      const room = owner && this.#rooms.get(owner.scenario)
      if (exchange && room?.isOpen && room !== by && !sharers.has(room)) {
        room.receive(trade, exchange, by)
      }
    }
    for (const room of sharers) if (exchange && room.isOpen) room.share(exchange, by)
  }

  /**
   * The order of ours that led to a trade: one of the login that downloaded it, or of another one of its
   * organisation, as it is not known who shares a queue. What comes from another organisation is foreign.
   *
   * @see Fact sheet 6, row 34.
   */
  ownerOf(trade: Pick<LooseOrder, 'orderId' | 'coId'>, by: Login): LedgerEntry | undefined {
    const own = this.#ledger.find(trade, by.number)
    if (own) return own
    const other = this.#ledger.findAnywhere(trade)
    const { org } = by.config.credentials
    const login = other && this.#logins.find(({ number }) => number === other.login)
    return login?.config.credentials.org === org ? other : undefined
  }

  /** Whether two rooms may see each other's trades. */
  #isOfOneOrganisation(one: ScenarioRoom, other: ScenarioRoom): boolean {
    return one.login.config.credentials.org === other.login.config.credentials.org
  }

  /** Tells every scenario of a resend, the last exchange that `by` has made: trades come again after it. */
  resent(by: ScenarioRoom): void {
    const exchange = lastOwn(by, 'resendTrades')
    if (exchange) this.#resentAt = exchange.at + exchange.tookMs
    for (const room of this.#rooms.values()) {
      const isReached = room.isOpen && room !== by && this.#isOfOneOrganisation(room, by)
      if (exchange && isReached) room.share(exchange, by)
    }
  }

  /** Tells every scenario of a download whose answer was lost: it may have consumed trades of any. */
  lost(by: ScenarioRoom): void {
    const exchange = lastOwn(by, 'downloadTrades')
    const isLost = exchange?.error !== undefined || (exchange?.response?.status ?? 0) >= 500
    for (const room of this.#rooms.values()) {
      const isReached = room.isOpen && room !== by && this.#isOfOneOrganisation(room, by)
      if (exchange && isLost && isReached) room.share(exchange, by)
    }
  }

  /** When a resend was last answered, in epoch milliseconds; absent where none was. */
  get resentAt(): number | undefined {
    return this.#resentAt
  }

  get foreign(): readonly ForeignTrade[] {
    return [...this.#foreign.values()]
  }

  #noteForeign({ tradeId, orderId, coId }: Trade, { account }: Login): void {
    const whose = this.#logins.length === 1 ? {} : { account }
    const id = JSON.stringify([account.org, tradeId])
    this.#foreign.set(id, { tradeId, orderId, coId, ...whose })
  }
}

function lastOwn({ transcript }: ScenarioRoom, operation: Operation): Exchange | undefined {
  return transcript.whole.findLast(
    (exchange) => exchange.operation === operation && exchange.sharedFrom === undefined,
  )
}
