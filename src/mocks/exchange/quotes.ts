import type { Big } from 'big.js'
import TinyQueue from 'tinyqueue'
import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { isoDate } from './dates.ts'
import type { User } from './directory.ts'
import type { Market } from './market.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** A price somebody was quoted, which a PQ order may take up. Prices in term per base, limits in base. */
export interface Quote {
  readonly rateId: string
  readonly symbol: string
  readonly bid: Big
  readonly offer: Big
  readonly bidLimit: Big
  readonly offerLimit: Big
  readonly quotedAt: number
  /** Epoch milliseconds from which it can no longer be dealt on. */
  readonly expiresAt: number
  /** Whom it was quoted to; absent for rates that are published to all. */
  readonly quotedTo?: User
}

/** Most quotes remembered; older ones that expired are forgotten and then count as unknown. */
const MOST_QUOTES = 10_000

/** The quotes given out, by rate id. Fact sheet 2.1 and 6, rows 13 to 15. */
export class Quotes {
  readonly #clock: Clock
  readonly #chance: Chance
  readonly #market: Market
  readonly #settings: Settings
  readonly #quotes = new Map<string, Quote>()
  /** The same, by when they expire and were given out: where thousands a second are, none is passed over twice. */
  readonly #expiring = new TinyQueue<{ readonly quote: Quote; readonly order: number }>(
    [],
    (one, other) => one.quote.expiresAt - other.quote.expiresAt || one.order - other.order,
  )
  #remembered = 0
  readonly #spent = new Set<string>()
  #issued = 0

  constructor(clock: Clock, chance: Chance, market: Market, settings: Settings) {
    this.#clock = clock
    this.#chance = chance
    this.#market = market
    this.#settings = settings
  }

  /** Quotes the top of the book to a user. */
  quote(user: User, symbol: string): Result<Quote> {
    if (!this.#market.pair(symbol)) return refuse('unknown-symbol', `There is no symbol ${symbol}.`)
    const top = this.#market.top(symbol)
    if (!top) return refuse('no-liquidity', `No provider streams ${symbol}.`)
    const { bid, offer, bidLimit, offerLimit } = top
    const quotedAt = this.#clock.now()
    const prices = { symbol, bid, offer, bidLimit, offerLimit, quotedAt, quotedTo: user }
    const expiresAt = quotedAt + this.#settings['rate.ttlMs']
    return success(this.remember({ ...prices, expiresAt, rateId: this.#rateId(symbol) }))
  }

  remember(quote: Quote): Quote {
    this.#quotes.set(quote.rateId, quote)
    this.#expiring.push({ quote, order: this.#remembered++ })
    if (this.#quotes.size > MOST_QUOTES) this.#forgetExpired()
    return quote
  }

  find(rateId: string): Quote | undefined {
    return this.#quotes.get(rateId)
  }

  /** Whether the quote can be dealt on now. */
  isLive(quote: Quote): boolean {
    return this.#clock.now() < quote.expiresAt && !this.#spent.has(quote.rateId)
  }

  /** Notes that a quote was dealt on. */
  spend(rateId: string): void {
    if (this.#settings['rate.singleUse']) this.#spent.add(rateId)
  }

  #forgetExpired(): void {
    const now = this.#clock.now()
    while (this.#quotes.size > MOST_QUOTES) {
      const next = this.#expiring.peek()
      if (!next || next.quote.expiresAt > now) return
      this.#expiring.pop()
      this.#quotes.delete(next.quote.rateId)
    }
  }

  /** As in the sample: `yyyy-MM-dd-EURUSD-SPOT-<10 hex>`. Fact sheet 2.1 [reference]. */
  #rateId(symbol: string): string {
    const unique = this.#chance.hex(10, 'rate', this.#issued++)
    return `${isoDate(this.#clock.now())}-${symbol.replace('/', '')}-SPOT-${unique}`
  }
}
