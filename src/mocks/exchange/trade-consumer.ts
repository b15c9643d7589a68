import TinyQueue from 'tinyqueue'
import { Fifo } from './fifo.ts'
import type { TradeRecord } from './trade-record.ts'

/** A trade as it is handed out. */
export interface Delivery {
  readonly record: TradeRecord
  readonly event: 'NEW' | 'RESEND'
}

/** A trade that a consumer has still to get. */
export interface Waiting extends Delivery {
  /** Its place among trades that count as equally old: behind all that are lower. */
  readonly rank: number
  /** How many downloads of the consumer have to be over first. */
  readonly ripeAfter: number
}

/** How a consumer's trades come. */
export interface Manner {
  /** What trades are handed out by, lowest first. */
  readonly sortKey: (record: TradeRecord) => number
  /** Highest first, and those equally old in the reverse order too. */
  readonly isReversed: boolean
  /** From the deal to its trade being downloadable, in milliseconds. */
  readonly delayMs: number
  /** Downloads that pass before a trade is in one. */
  readonly delayPolls: number
}

/** Trades forgotten while they waited are cleared away once they are one in so many. */
const CLEARED_AT = 8

interface Ready extends Waiting {
  readonly key: number
}

/** What one consumer has still to get, and has got. */
export class TradeConsumer {
  readonly #manner: Manner
  /** New trades that may not be downloaded yet; they ripen in the order of dealing. */
  readonly #ripening = new Fifo<Waiting>()
  #ready: TinyQueue<Ready>
  readonly #got = new Set<TradeRecord>()
  /** Trades forgotten while they waited: they are passed over when their turn comes. */
  readonly #gone = new Set<TradeRecord>()
  #downloads = 0
  #lowestRank = 0
  #highestRank = 0

  constructor(manner: Manner) {
    this.#manner = manner
    this.#ready = this.#queue([])
  }

  /** A trade that was just done, or that was done before anybody consumed. */
  add(record: TradeRecord): void {
    const ripeAfter = this.#downloads + this.#manner.delayPolls
    this.#ripening.push({ record, event: 'NEW', rank: ++this.#highestRank, ripeAfter })
  }

  has(record: TradeRecord): boolean {
    return this.#got.has(record)
  }

  /** Hands out at most `count` trades, which count as got. */
  take(count: number, now: number): readonly Waiting[] {
    while (this.#isRipe(now)) this.#makeReady(this.#ripening.shift())
    this.#downloads++
    const taken: Waiting[] = []
    while (taken.length < count) {
      const next = this.#ready.pop()
      if (!next) break
      if (this.#gone.delete(next.record)) continue
      this.#got.add(next.record)
      taken.push(next)
    }
    return taken
  }

  /** Takes back what was not delivered after all; it stands before all others that are equally old. */
  putBack(taken: readonly Waiting[]): void {
    for (const each of [...taken].reverse()) {
      if (this.#got.delete(each.record)) this.#makeReady({ ...each, rank: --this.#lowestRank })
    }
  }

  /** Makes what was got and passes downloadable again, and gives it. */
  again(passes: (record: TradeRecord) => boolean): readonly TradeRecord[] {
    const records = [...this.#got].filter(passes)
    for (const record of records) {
      this.#got.delete(record)
      this.#makeReady({ record, event: 'RESEND', rank: ++this.#highestRank, ripeAfter: 0 })
    }
    return records
  }

  /** Forgets a trade, got or waiting. */
  forget(record: TradeRecord): void {
    if (this.#got.delete(record)) return
    this.#gone.add(record)
    if (this.#gone.size * CLEARED_AT > this.#ripening.size + this.#ready.length) this.#clear()
  }

  #queue(ready: Ready[]): TinyQueue<Ready> {
    const sign = this.#manner.isReversed ? -1 : 1
    return new TinyQueue(ready, (a, b) => sign * (a.key - b.key || a.rank - b.rank))
  }

  #isRipe(now: number): boolean {
    const { first } = this.#ripening
    if (!first) return false
    const readyAt = first.record.executedAt + this.#manner.delayMs
    return first.ripeAfter <= this.#downloads && readyAt <= now
  }

  #makeReady(waiting: Waiting | undefined): void {
    if (waiting) this.#ready.push({ ...waiting, key: this.#manner.sortKey(waiting.record) })
  }

  #clear(): void {
    this.#ripening.filter(({ record }) => !this.#gone.has(record))
    const ready = this.#ready.data.filter(({ record }) => !this.#gone.has(record))
    this.#ready = this.#queue(ready)
    this.#gone.clear()
  }
}
