import { Fifo } from './fifo.ts'
import type { TradeRecord } from './trade-record.ts'

/** Trades forgotten out of turn are cleared away once they are one in so many: seldom, yet not kept long. */
const CLEARED_AT = 8

/**
 * The trades kept, at most so many. The one delivered longest ago makes room for the next; where none is
 * delivered, the oldest.
 */
export class TradeLedger {
  readonly #most: number
  readonly #isDelivered: (record: TradeRecord) => boolean
  /** In the order of dealing. */
  readonly #dealt = new Fifo<TradeRecord>()
  /** Those of them that are forgotten. */
  readonly #gone = new Set<TradeRecord>()
  /** In the order of delivery; what is forgotten may still be among them. */
  readonly #delivered = new Fifo<TradeRecord>()

  /**
   * @param most - 1 or more.
   * @param isDelivered - Whether a trade is kept that somebody got and is not to get again.
   */
  constructor(most: number, isDelivered: (record: TradeRecord) => boolean) {
    this.#most = most
    this.#isDelivered = isDelivered
  }

  get all(): readonly TradeRecord[] {
    return this.#dealt.toArray().filter((record) => !this.#gone.has(record))
  }

  get #size(): number {
    return this.#dealt.size - this.#gone.size
  }

  /** @returns The trade that made room, if any; it is no longer kept. */
  add(record: TradeRecord): TradeRecord | undefined {
    const forgotten = this.#size >= this.#most ? this.#forgetOne() : undefined
    this.#dealt.push(record)
    return forgotten
  }

  /** Notes that a trade got to somebody. */
  deliver(record: TradeRecord): void {
    this.#delivered.push(record)
    if (this.#delivered.size <= this.#size * 2) return
    const once = new Set(this.#delivered.toArray())
    this.#delivered.filter((each) => once.delete(each) && this.#isDelivered(each))
  }

  /** Notes that trades are to be handed out again. */
  sendAgain(records: readonly TradeRecord[]): void {
    const again = new Set(records)
    this.#delivered.filter((each) => !again.has(each))
  }

  #forgetOne(): TradeRecord | undefined {
    for (let next = this.#delivered.shift(); next; next = this.#delivered.shift()) {
      if (!this.#isDelivered(next)) continue
      this.#gone.add(next)
      this.#clear()
      return next
    }
    const oldest = this.#dealt.shift()
    this.#clear()
    return oldest
  }

  /** Leaves none that is forgotten at the front. */
  #clear(): void {
    while (this.#dealt.first && this.#gone.delete(this.#dealt.first)) this.#dealt.shift()
    if (this.#gone.size * CLEARED_AT <= this.#dealt.size) return
    this.#dealt.filter((record) => !this.#gone.has(record))
    this.#gone.clear()
  }
}
