import { Big } from 'big.js'
import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { isoDate } from './dates.ts'
import type { User } from './directory.ts'
import { Fifo } from './fifo.ts'
import { defaultLimits } from './limits.ts'
import type { Market } from './market.ts'
import type { ExchangeObserver } from './observer.ts'
import type { Person, QuoteRecord } from './records.ts'
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
  readonly quotedTo?: Person
}

/** The quotes given out, by rate id. Fact sheet 2.1 and 6, rows 13 to 15. */
export class Quotes {
  readonly #clock: Clock
  readonly #chance: Chance
  readonly #market: Market
  readonly #settings: Settings
  readonly #quotes = new Map<string, Quote>()
  /** The same, oldest first. */
  readonly #oldest = new Fifo<Quote>()
  readonly #spent = new Set<string>()
  readonly #most: number
  readonly #observer: ExchangeObserver
  #issued = 0

  /** @param most - Quotes kept, expired ones included; one that is not counts as unknown. */
  constructor(
    clock: Clock,
    chance: Chance,
    market: Market,
    settings: Settings,
    most = defaultLimits.quotes,
    observer: ExchangeObserver = {},
  ) {
    this.#clock = clock
    this.#chance = chance
    this.#market = market
    this.#settings = settings
    this.#most = most
    this.#observer = observer
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
    if (this.#quotes.size >= this.#most) this.#forgetOne()
    this.#quotes.set(quote.rateId, quote)
    this.#oldest.push(quote)
    this.#observer.quoteChanged?.(quote)
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
    const quote = this.#settings['rate.singleUse'] ? this.find(rateId) : undefined
    if (!quote) return
    this.#spent.add(rateId)
    this.#observer.quoteChanged?.(quote)
  }

  /** Quotes given out so far, under an id of their own. */
  get issued(): number {
    return this.#issued
  }

  recordOf(quote: Quote): QuoteRecord {
    const { rateId, symbol, quotedAt, expiresAt, quotedTo } = quote
    return {
      ...{ rateId, symbol, quotedAt, expiresAt, isSpent: this.#spent.has(rateId) },
      ...{ bid: quote.bid.toString(), offer: quote.offer.toString() },
      ...{ bidLimit: quote.bidLimit.toString(), offerLimit: quote.offerLimit.toString() },
      ...(quotedTo && { quotedTo: { name: quotedTo.name, org: quotedTo.org } }),
    }
  }

  /** Every quote kept, the oldest first. */
  record(): readonly QuoteRecord[] {
    return this.#oldest.toArray().map((quote) => this.recordOf(quote))
  }

  /** Takes quotes up again. @param issued - Quotes given out so far. */
  resume(records: readonly QuoteRecord[], issued: number): void {
    this.#issued = issued
    for (const { isSpent, bid, offer, bidLimit, offerLimit, ...rest } of records) {
      const prices = { bid: new Big(bid), offer: new Big(offer) }
      const limits = { bidLimit: new Big(bidLimit), offerLimit: new Big(offerLimit) }
      const quote: Quote = { ...rest, ...prices, ...limits }
      this.#quotes.set(quote.rateId, quote)
      this.#oldest.push(quote)
      if (isSpent) this.#spent.add(quote.rateId)
    }
  }

  /** A rate published to all is to stay the same for its whole window, so others go before it. */
  #forgetOne(): void {
    for (let left = this.#oldest.size; left > 0; left--) {
      const quote = this.#oldest.shift()
      if (!quote) return
      const isPublished = quote.quotedTo === undefined && this.#clock.now() < quote.expiresAt
      if (isPublished && left > 1) this.#oldest.push(quote)
      else {
        this.#quotes.delete(quote.rateId)
        this.#spent.delete(quote.rateId)
        this.#observer.quoteForgotten?.(quote.rateId)
        return
      }
    }
  }

  /** As in the sample: `yyyy-MM-dd-EURUSD-SPOT-<10 hex>`. Fact sheet 2.1 [reference]. */
  #rateId(symbol: string): string {
    const unique = this.#chance.hex(10, 'rate', this.#issued++)
    return `${isoDate(this.#clock.now())}-${symbol.replace('/', '')}-SPOT-${unique}`
  }
}
