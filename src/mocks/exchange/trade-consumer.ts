import TinyQueue from 'tinyqueue'
import { Fifo } from './fifo.ts'
import type { ConsumerRecord, DeliveryRecord, Person } from './records.ts'
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
  /** Of those of the same key and rank, the first made ready comes first. */
  readonly serial: number
}

/** What one consumer has still to get, and has got. */
export class TradeConsumer {
  /** A user, or with an empty name the organisation as one. */
  readonly owner: Person
  readonly #manner: Manner
  /** New trades that may not be downloaded yet; they ripen in the order of dealing. */
  readonly #ripening = new Fifo<Waiting>()
  #ready: TinyQueue<Ready>
  /** What was got, and the turn at which, in the order of turns. */
  readonly #got = new Map<TradeRecord, number>()
  /** Trades forgotten while they waited: they are passed over when their turn comes. */
  readonly #gone = new Set<TradeRecord>()
  /** Counted only where trades wait for a number of them. */
  #downloads = 0
  #serial = 0
  #lowestRank = 0
  #highestRank = 0

  constructor(owner: Person, manner: Manner) {
    this.owner = owner
    this.#manner = manner
    this.#ready = this.#queue([])
  }

  /** A trade that was done before this consumer downloaded for the first time. */
  begin(record: TradeRecord): void {
    this.#ripening.push({ record, event: 'NEW', rank: 0, ripeAfter: this.#manner.delayPolls })
  }

  /** A trade that was just done. */
  add(record: TradeRecord): Waiting {
    const ripeAfter = this.#downloads + this.#manner.delayPolls
    const waiting: Waiting = { record, event: 'NEW', rank: ++this.#highestRank, ripeAfter }
    this.#ripening.push(waiting)
    return waiting
  }

  get record(): ConsumerRecord {
    return { ...this.owner, downloads: this.#downloads }
  }

  /** Where every trade stands that did not wait here from the beginning. */
  get deliveries(): readonly DeliveryRecord[] {
    const waiting = [...this.#ripening.toArray(), ...this.#ready.data]
    return [
      ...[...this.#got.keys()].map((record) => this.delivered(record)),
      ...waiting
        .filter(({ record, rank }) => rank !== 0 && !this.#gone.has(record))
        .map((each) => this.waits(each)),
    ]
  }

  delivered(record: TradeRecord): DeliveryRecord {
    const turn = this.#got.get(record) ?? 0
    return { consumer: this.owner, tradeId: record.tradeId, state: 'got', turn }
  }

  waits({ record, event, rank, ripeAfter }: Waiting): DeliveryRecord {
    const { tradeId } = record
    return { consumer: this.owner, tradeId, state: 'waiting', event, rank, ripeAfter }
  }

  /** Goes on after so many downloads. */
  resume({ downloads }: ConsumerRecord): void {
    this.#downloads = downloads
  }

  /** Takes a trade up where it stood: those that wait in the order of dealing, those got in that of turns. */
  resumeDelivery(record: TradeRecord, delivery: DeliveryRecord): void {
    if (delivery.state === 'got') {
      this.#got.set(record, delivery.turn)
      return
    }
    const { event, rank, ripeAfter } = delivery
    this.#highestRank = Math.max(this.#highestRank, rank)
    this.#lowestRank = Math.min(this.#lowestRank, rank)
    const waiting = { record, event, rank, ripeAfter }
    if (event === 'NEW' && rank >= 0) this.#ripening.push(waiting)
    else this.#makeReady(waiting)
  }

  has(record: TradeRecord): boolean {
    return this.#got.has(record)
  }

  /**
   * Hands out at most `count` trades, which count as got.
   *
   * @param turn - Numbers what is got, over all consumers.
   */
  take(count: number, now: number, turn: () => number): readonly Waiting[] {
    while (this.#isRipe(now)) this.#makeReady(this.#ripening.shift())
    if (this.#manner.delayPolls > 0) this.#downloads++
    const taken: Waiting[] = []
    while (taken.length < count) {
      const next = this.#ready.pop()
      if (!next) break
      if (this.#gone.delete(next.record)) continue
      this.#got.set(next.record, turn())
      taken.push(next)
    }
    return taken
  }

  /** Takes back what was not delivered after all; it stands before all others that are equally old. */
  putBack(taken: readonly Waiting[]): readonly Waiting[] {
    const own = [...taken].reverse().filter(({ record }) => this.#got.delete(record))
    const back = own.map((each) => ({ ...each, rank: --this.#lowestRank }))
    for (const each of back) this.#makeReady(each)
    return back
  }

  /** Makes what was got and passes downloadable again, and gives it. */
  again(passes: (record: TradeRecord) => boolean): readonly Waiting[] {
    return [...this.#got.keys()].filter(passes).map((record) => {
      const rank = ++this.#highestRank
      const waiting: Waiting = { record, event: 'RESEND', rank, ripeAfter: 0 }
      this.#got.delete(record)
      this.#makeReady(waiting)
      return waiting
    })
  }

  /** Forgets a trade, got or waiting. */
  forget(record: TradeRecord): void {
    if (this.#got.delete(record)) return
    this.#gone.add(record)
    if (this.#gone.size * CLEARED_AT > this.#ripening.size + this.#ready.length) this.#clear()
  }

  #queue(ready: Ready[]): TinyQueue<Ready> {
    const sign = this.#manner.isReversed ? -1 : 1
    return new TinyQueue(
      ready,
      (a, b) => sign * (a.key - b.key || a.rank - b.rank || a.serial - b.serial),
    )
  }

  #isRipe(now: number): boolean {
    const { first } = this.#ripening
    if (!first) return false
    const readyAt = first.record.executedAt + this.#manner.delayMs
    return first.ripeAfter <= this.#downloads && readyAt <= now
  }

  #makeReady(waiting: Waiting | undefined): void {
    if (!waiting) return
    const key = this.#manner.sortKey(waiting.record)
    this.#ready.push({ ...waiting, key, serial: this.#serial++ })
  }

  #clear(): void {
    this.#ripening.filter(({ record }) => !this.#gone.has(record))
    const ready = this.#ready.data.filter(({ record }) => !this.#gone.has(record))
    this.#ready = this.#queue(ready)
    this.#gone.clear()
  }
}
