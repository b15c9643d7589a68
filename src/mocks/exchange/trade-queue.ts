import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { isoDate, parseStamp } from './dates.ts'
import type { User } from './directory.ts'
import { defaultLimits } from './limits.ts'
import type { ExchangeObserver } from './observer.ts'
import type { DeliveryRecord, ExchangeRecord, Person } from './records.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'
import { type Delivery, TradeConsumer, type Waiting } from './trade-consumer.ts'
import { TradeLedger } from './trade-ledger.ts'
import type { TradeRecord } from './trade-record.ts'

/** The trades of one download, and the word whether they got through. */
export interface Download {
  readonly deliveries: readonly Delivery[]
  /** To be told once; only matters while trades are consumed on flush. */
  readonly settle: (delivered: boolean) => void
  /** Has the same trades handed out once more by the next download, whether these got through or not. */
  readonly handOutAgain: () => void
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
  readonly #observer: ExchangeObserver
  readonly #ledger: TradeLedger
  /** By organisation, then by user, or under no name where the organisation is one consumer. */
  readonly #consumers = new Map<string, Map<string, TradeConsumer>>()
  #turn = 0

  /** @param most - Trades kept. */
  constructor(
    clock: Clock,
    chance: Chance,
    settings: Settings,
    most = defaultLimits.trades,
    observer: ExchangeObserver = {},
  ) {
    this.#clock = clock
    this.#chance = chance
    this.#settings = settings
    this.#observer = observer
    this.#ledger = new TradeLedger(most, (record) => this.#isDelivered(record))
  }

  add(record: TradeRecord): void {
    const forgotten = this.#ledger.add(record)
    if (forgotten) {
      for (const consumer of this.#consumersOf(forgotten)) consumer.forget(forgotten)
      this.#observer.tradeForgotten?.(forgotten.tradeId)
    }
    this.#observer.tradeDone?.(record)
    for (const consumer of this.#consumersOf(record)) this.#queue(consumer, [consumer.add(record)])
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
    const taken = consumer.take(asked, this.#clock.now(), () => this.#turn++)
    if (this.#settings['stp.delayPolls'] > 0) this.#observer.consumerChanged?.(consumer.record)
    return success({ deliveries: taken, ...this.#course(consumer, taken) })
  }

  /** What becomes of trades that were handed out. */
  #course(
    consumer: TradeConsumer,
    taken: readonly Waiting[],
  ): Pick<Download, 'settle' | 'handOutAgain'> {
    const isConsumedOnSending = this.#settings['stp.consumeOn'] === 'send'
    let isBack = false
    const deliver = () => {
      // Those that are back, or made room, are not the consumer's any more.
      const own = taken.map(({ record }) => record).filter((record) => consumer.has(record))
      for (const record of own) this.#ledger.deliver(record)
      this.#observer.tradesMoved?.(own.map((record) => consumer.delivered(record)))
    }
    const putBack = () => {
      if (isBack) return
      isBack = true
      this.#ledger.sendAgain(taken.map(({ record }) => record))
      this.#queue(consumer, consumer.putBack(taken))
    }
    if (isConsumedOnSending) deliver()
    const settle = (delivered: boolean) => {
      if (isConsumedOnSending || isBack) return
      if (delivered) deliver()
      else putBack()
    }
    return { settle, handOutAgain: putBack }
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
    const again = consumer.again(({ executedAt }) => {
      const tradeDate = isoDate(executedAt)
      return first <= tradeDate && tradeDate <= last
    })
    if (again.length === 0) return refuse('no-trades-in-range', 'No trade is in the range.')
    this.#ledger.sendAgain(again.map(({ record }) => record))
    this.#queue(consumer, again)
    return success(again.length)
  }

  /** Every trade kept, in the order of dealing, for those who stage and those who check. */
  get all(): readonly TradeRecord[] {
    return this.#ledger.all
  }

  /** The consumers, and where the trades stand with each. */
  record(): Pick<ExchangeRecord, 'consumers' | 'deliveries'> {
    const consumers = [...this.#consumers.values()].flatMap((each) => [...each.values()])
    return {
      consumers: consumers.map(({ record }) => record),
      deliveries: consumers.flatMap(({ deliveries }) => deliveries),
    }
  }

  /** Takes the trades up again, and where they stood with each consumer. */
  resume(
    trades: readonly TradeRecord[],
    { consumers, deliveries }: Pick<ExchangeRecord, 'consumers' | 'deliveries'>,
  ): void {
    for (const record of trades) this.#ledger.add(record)
    const byTrade = Map.groupBy(deliveries, ({ tradeId }) => tradeId)
    for (const each of consumers) {
      const consumer = this.#newConsumer(each)
      consumer.resume(each)
      for (const record of trades) {
        if (record.user.org !== each.org) continue
        const delivery = byTrade
          .get(record.tradeId)
          ?.find(({ consumer: { name } }) => name === each.name)
        if (!delivery) consumer.begin(record)
        else if (delivery.state === 'waiting') consumer.resumeDelivery(record, delivery)
      }
    }
    this.#resumeGot(trades, deliveries)
  }

  #resumeGot(trades: readonly TradeRecord[], deliveries: readonly DeliveryRecord[]): void {
    const byId = new Map(trades.map((record) => [record.tradeId, record]))
    const got = deliveries.flatMap((each) => (each.state === 'got' ? [each] : []))
    for (const delivery of got.sort((one, other) => one.turn - other.turn)) {
      const { consumer, tradeId, turn } = delivery
      const record = byId.get(tradeId)
      if (!record) continue
      this.#consumers.get(consumer.org)?.get(consumer.name)?.resumeDelivery(record, delivery)
      this.#ledger.deliver(record)
      this.#turn = turn + 1
    }
  }

  /** With every user a consumer, each gets all trades of the organisation. */
  #consumer({ org, name }: User): TradeConsumer {
    const key = this.#settings['stp.scope'] === 'org' ? '' : name
    const known = this.#consumers.get(org)?.get(key)
    if (known) return known
    const consumer = this.#newConsumer({ org, name: key })
    for (const record of this.all) if (record.user.org === org) consumer.begin(record)
    this.#observer.consumerChanged?.(consumer.record)
    return consumer
  }

  #newConsumer({ org, name }: Person): TradeConsumer {
    const consumer = new TradeConsumer({ org, name }, this.#manner())
    const colleagues = this.#consumers.get(org) ?? new Map<string, TradeConsumer>()
    this.#consumers.set(org, colleagues.set(name, consumer))
    return consumer
  }

  #queue(consumer: TradeConsumer, waiting: readonly Waiting[]): void {
    this.#observer.tradesMoved?.(waiting.map((each) => consumer.waits(each)))
  }

  #consumersOf({ user }: TradeRecord): Iterable<TradeConsumer> {
    return this.#consumers.get(user.org)?.values() ?? []
  }

  /** In user scope a trade counts as delivered once anybody got it. */
  /** Trades kept that nobody has downloaded, in the order of dealing. */
  get undelivered(): readonly TradeRecord[] {
    return this.all.filter((record) => !this.#isDelivered(record))
  }

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
