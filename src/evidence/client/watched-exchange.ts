import type { OperationMatcherOptions } from '../../api/contract/operation-matcher.ts'
import type { Exchange } from '../exchange.ts'

/**
 * An exchange as the server that answered it saw it.
 *
 * `at` and `tookMs` are the venue's clock, which may stand still or be moved. `response` is what left the
 * server; `error` says that it did not get to the client, or not whole: with a connection that was cut there
 * is no response. `token.number`, `issuedToken` and `password` tell secrets apart as `TokenLedger` does.
 */
export interface WatchedExchange extends Exchange {
  /** Who asked, where the server knows it; else the login tells whose token it was. */
  readonly user?: string
  /**
   * When the request had come in, in milliseconds of a clock that the client lives by too: that on the wall or,
   * within one process, the clock that both share. How fast a client is can be told by nothing else.
   */
  readonly receivedAt?: number
  /** When the answer had left, or the connection was over, by the same clock. */
  readonly answeredAt?: number
  /** What was staged to disturb the call, e.g. `cut`. */
  readonly fault?: string
  /** Whether the call did its work all the same, where a fault was staged and that is known. */
  readonly tookEffect?: boolean
}

/** What somebody had the venue do in between. */
export interface StagedAction {
  /** The number of the first exchange after it. */
  readonly before: number
  /**
   * `time`: the clock was set, advanced, scaled or stopped. `reset`: orders, trades and sessions were
   * dropped, so that nothing before it is judged any more. The others explain; nothing is judged by them.
   */
  readonly kind: 'time' | 'tokens' | 'market' | 'outcome' | 'fault' | 'reset' | 'other'
  /** In a few words, for people. */
  readonly what: string
}

/** What only the server knows of one organisation. */
export interface ClientFacts extends OperationMatcherOptions {
  /** Trades that wait to be downloaded, by order; absent where that is not known. */
  readonly undelivered?: readonly { readonly orderId: string; readonly tradeId?: string }[]
  /** Ids of the orders that are still working; absent where that is not known. */
  readonly working?: readonly string[]
  /** Exchanges that are no longer kept, oldest first; 0 by default. */
  readonly evicted?: number
  readonly staged?: readonly StagedAction[]
  /**
   * `real`: the venue's clock runs as that on the wall does, so that `at` and `tookMs` tell how fast a client
   * is where `receivedAt` is absent, and no time was staged. `virtual` by default.
   */
  readonly clock?: 'real' | 'virtual'
  /** How long a rate can be dealt on, in milliseconds; the bound `rateFreshMs` where absent. */
  readonly rateTtlMs?: number
}
