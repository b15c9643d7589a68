import type { Big } from 'big.js'
import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { isoDate, parseStamp } from './dates.ts'
import type { User } from './directory.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** A done trade. `dealt` is in `currency`, `settled` in the other currency of `symbol`. */
export interface TradeRecord {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
  readonly user: User
  readonly side: string
  readonly symbol: string
  readonly currency: string
  readonly rateId?: string
  readonly dealt: Big
  readonly settled: Big
  readonly rate: Big
  readonly executedAt: number
  readonly valueDate: string
}

/** A trade as it is handed out. */
export interface Delivery {
  readonly record: TradeRecord
  readonly event: 'NEW' | 'RESEND'
}

/** The trades of one download, and the word whether they got through. */
export interface Download {
  readonly deliveries: readonly Delivery[]
  /** To be told once; only matters while trades are consumed on flush. */
  readonly settle: (delivered: boolean) => void
  /** Has the same trades handed out once more by the next download, whether these got through or not. */
  readonly handOutAgain: () => void
}

interface Waiting extends Delivery {
  pollsLeft: number
}

/** What one consumer has still to get, and has got. */
interface Consumer {
  waiting: Waiting[]
  readonly got: Map<string, TradeRecord>
}

/**
 * Done trades, each handed out once to each consumer: the organisation as one, or every user.
 *
 * @see Fact sheet 2.8, 2.9, 5 [seed, reference]; 6, rows 33 to 42.
 */
export class TradeQueue {
  readonly #clock: Clock
  readonly #chance: Chance
  readonly #settings: Settings
  readonly #trades: TradeRecord[] = []
  readonly #consumers = new Map<string, Consumer>()

  constructor(clock: Clock, chance: Chance, settings: Settings) {
    this.#clock = clock
    this.#chance = chance
    this.#settings = settings
  }

  add(record: TradeRecord): void {
    this.#trades.push(record)
    for (const [key, consumer] of this.#consumers) {
      if (this.#concerns(key, record)) consumer.waiting.push(this.#fresh(record))
    }
  }

  /**
   * Hands out trades not downloaded before.
   *
   * @param maxCount - Most trades wanted; `undefined` for the default, `NaN` where it was no number.
   */
  download(user: User, maxCount: number | undefined): Result<Download> {
    const asked = this.#count(maxCount)
    if (asked === undefined)
      return refuse('bad-max-count', 'maxCount must be a whole number from 1.')
    const consumer = this.#consumer(user)
    const ready = consumer.waiting.filter((each) => this.#isReady(each))
    for (const each of consumer.waiting) each.pollsLeft = Math.max(0, each.pollsLeft - 1)
    const taken = this.#sorted(ready).slice(0, asked)
    consumer.waiting = consumer.waiting.filter((each) => !taken.includes(each))
    for (const { record } of taken) consumer.got.set(record.tradeId, record)
    let isBack = false
    const putBack = () => {
      if (isBack) return
      isBack = true
      consumer.waiting.unshift(...taken)
      for (const { record } of taken) consumer.got.delete(record.tradeId)
    }
    return success({
      deliveries: taken.map(({ record, event }) => ({ record, event })),
      settle: (delivered) => {
        if (!delivered && this.#settings['stp.consumeOn'] === 'flush') putBack()
      },
      handOutAgain: putBack,
    })
  }

  /** Makes the trades of a range of trade dates, both ends included, downloadable again. */
  resend(user: User, startDate: string, endDate: string): Result<number> {
    const start = parseStamp(startDate)
    const end = parseStamp(endDate)
    if (start === undefined || end === undefined) {
      return refuse('bad-range', 'startDate and endDate must read yyyy-MM-dd HH:mm:ss,SSS Z.')
    }
    if (start > end) return refuse('bad-range', 'startDate is after endDate.')
    const zone = this.#settings['resend.tz']
    const [first, last] = [isoDate(start, zone), isoDate(end, zone)]
    const consumer = this.#consumer(user)
    const again = [...consumer.got.values()].filter(({ executedAt }) => {
      const tradeDate = isoDate(executedAt)
      return first <= tradeDate && tradeDate <= last
    })
    if (again.length === 0) return refuse('no-trades-in-range', 'No trade is in the range.')
    for (const record of again) {
      consumer.got.delete(record.tradeId)
      consumer.waiting.push({ record, event: 'RESEND', pollsLeft: 0 })
    }
    return success(again.length)
  }

  /** Every trade done, for those who stage and those who check. */
  get all(): readonly TradeRecord[] {
    return this.#trades
  }

  #consumer(user: User): Consumer {
    const key = this.#key(user)
    const known = this.#consumers.get(key)
    if (known) return known
    const waiting = this.#trades
      .filter((record) => this.#concerns(key, record))
      .map((record) => this.#fresh(record))
    const consumer: Consumer = { waiting, got: new Map() }
    this.#consumers.set(key, consumer)
    return consumer
  }

  #fresh(record: TradeRecord): Waiting {
    return { record, event: 'NEW', pollsLeft: this.#settings['stp.delayPolls'] }
  }

  #isReady({ record, event, pollsLeft }: Waiting): boolean {
    if (event === 'RESEND') return true
    const readyAt = record.executedAt + this.#settings['stp.delayMs']
    return pollsLeft === 0 && readyAt <= this.#clock.now()
  }

  /** With every user a consumer, each gets all trades of the organisation. */
  #key({ org, name }: User): string {
    return JSON.stringify(this.#settings['stp.scope'] === 'org' ? [org] : [org, name])
  }

  #concerns(key: string, { user }: TradeRecord): boolean {
    const [org] = JSON.parse(key) as string[]
    return org === user.org
  }

  #count(maxCount: number | undefined): number | undefined {
    const byDefault = this.#settings['stp.defaultCount']
    if (maxCount === undefined) return byDefault
    if (Number.isInteger(maxCount) && maxCount > 0)
      return Math.min(maxCount, this.#settings['stp.cap'])
    return this.#settings['stp.maxCountInvalid'] === 'default' ? byDefault : undefined
  }

  #sorted(ready: readonly Waiting[]): readonly Waiting[] {
    const order = this.#settings['stp.order']
    const at = ({ record }: Waiting) =>
      order === 'random' ? this.#chance.fraction('stp', record.tradeId) : record.executedAt
    const rising = [...ready].sort((a, b) => at(a) - at(b))
    return order === 'desc' ? rising.reverse() : rising
  }
}
