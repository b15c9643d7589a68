import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { isoDate, parseStamp } from './dates.ts'
import type { User } from './directory.ts'
import { defaultLimits } from './limits.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'
import { type Delivery, TradeConsumer } from './trade-consumer.ts'
import { TradeLedger } from './trade-ledger.ts'
import type { TradeRecord } from './trade-record.ts'

/** The trades of one download, and the word whether they got through. */
export interface Download {
  readonly deliveries: readonly Delivery[]
  /** To be told once; only matters while trades are consumed on flush. */
  readonly settle: (delivered: boolean) => void
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
  readonly #ledger: TradeLedger
  /** By organisation, then by user, or under no name where the organisation is one consumer. */
  readonly #consumers = new Map<string, Map<string, TradeConsumer>>()

  /** @param most - Trades kept. */
  constructor(clock: Clock, chance: Chance, settings: Settings, most = defaultLimits.trades) {
    this.#clock = clock
    this.#chance = chance
    this.#settings = settings
    this.#ledger = new TradeLedger(most, (record) => this.#isDelivered(record))
  }

  add(record: TradeRecord): void {
    const forgotten = this.#ledger.add(record)
    if (forgotten) for (const consumer of this.#consumersOf(forgotten)) consumer.forget(forgotten)
    for (const consumer of this.#consumersOf(record)) consumer.add(record)
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
    const taken = consumer.take(asked, this.#clock.now())
    const deliver = () => {
      for (const { record } of taken) this.#ledger.deliver(record)
    }
    if (this.#settings['stp.consumeOn'] === 'send') {
      deliver()
      return success({ deliveries: taken, settle: () => {} })
    }
    const settle = (delivered: boolean) => (delivered ? deliver() : consumer.putBack(taken))
    return success({ deliveries: taken, settle })
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
    const again = this.#consumer(user).again(({ executedAt }) => {
      const tradeDate = isoDate(executedAt)
      return first <= tradeDate && tradeDate <= last
    })
    if (again.length === 0) return refuse('no-trades-in-range', 'No trade is in the range.')
    this.#ledger.sendAgain(again)
    return success(again.length)
  }

  /** Every trade kept, in the order of dealing, for those who stage and those who check. */
  get all(): readonly TradeRecord[] {
    return this.#ledger.all
  }

  /** With every user a consumer, each gets all trades of the organisation. */
  #consumer({ org, name }: User): TradeConsumer {
    const key = this.#settings['stp.scope'] === 'org' ? '' : name
    const colleagues = this.#consumers.get(org) ?? new Map<string, TradeConsumer>()
    const known = colleagues.get(key)
    if (known) return known
    const consumer = new TradeConsumer(this.#manner())
    for (const record of this.all) if (record.user.org === org) consumer.add(record)
    this.#consumers.set(org, colleagues.set(key, consumer))
    return consumer
  }

  #consumersOf({ user }: TradeRecord): Iterable<TradeConsumer> {
    return this.#consumers.get(user.org)?.values() ?? []
  }

  /** In user scope a trade counts as delivered once anybody got it. */
  #isDelivered(record: TradeRecord): boolean {
    for (const consumer of this.#consumersOf(record)) if (consumer.has(record)) return true
    return false
  }

  #manner() {
    const order = this.#settings['stp.order']
    return {
      sortKey: ({ tradeId, executedAt }: TradeRecord) =>
        order === 'random' ? this.#chance.fraction('stp', tradeId) : executedAt,
      isReversed: order === 'desc',
      delayMs: this.#settings['stp.delayMs'],
      delayPolls: this.#settings['stp.delayPolls'],
    }
  }

  #count(maxCount: number | undefined): number | undefined {
    const byDefault = this.#settings['stp.defaultCount']
    if (maxCount === undefined) return byDefault
    if (Number.isInteger(maxCount) && maxCount > 0)
      return Math.min(maxCount, this.#settings['stp.cap'])
    return this.#settings['stp.maxCountInvalid'] === 'default' ? byDefault : undefined
  }
}
