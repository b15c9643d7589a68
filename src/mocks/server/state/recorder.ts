import type { Exchange } from '../../exchange/exchange.ts'
import type { ExchangeObserver } from '../../exchange/observer.ts'
import { orderRecordOf, tradeRecordOf } from '../../exchange/order-record.ts'
import type { SteeredClock } from '../../exchange/steered-clock.ts'
import { Changes } from './changes.ts'
import { DeliveryChanges, personKey } from './delivery-changes.ts'
import type { RestOfVenue } from './saved-venue.ts'
import type { Entity } from './tables.ts'

type Told<E extends keyof ExchangeObserver> = Required<ExchangeObserver>[E]

/** What a recorder keeps. */
interface Recorded {
  readonly exchange: Exchange
  readonly clock: Pick<SteeredClock, 'now' | 'pace'>
  /** What belongs to no one thing: written with every batch. */
  readonly rest: () => RestOfVenue
}

/** Keeps note of what changed in the simulation of one organisation, and was not written yet. */
export class Recorder implements Required<ExchangeObserver> {
  /** The organisation, in the file; each beginning has a number of its own. */
  readonly venue: number
  readonly name: string
  /** How it began, as plain JSON. */
  readonly options: unknown
  readonly changes: Readonly<Record<Entity, Changes>> = {
    users: new Changes(),
    sessions: new Changes(),
    quotes: new Changes(),
    orders: new Changes(),
    trades: new Changes(),
    consumers: new Changes(),
  }
  readonly deliveries = new DeliveryChanges()
  /** Whether the file knows of the organisation. */
  isWritten: boolean
  readonly #changed: (recorder: Recorder) => void
  #recorded: Recorded | undefined

  /** @param changed - Told, often, that something is to be written. */
  constructor(
    { venue, name, options, isWritten }: Pick<Recorder, 'venue' | 'name' | 'options' | 'isWritten'>,
    changed: (recorder: Recorder) => void,
  ) {
    this.venue = venue
    this.name = name
    this.options = options
    this.isWritten = isWritten
    this.#changed = changed
  }

  /** What is observed; to be told before any of it is written. */
  record(recorded: Recorded): void {
    this.#recorded = recorded
    if (!this.isWritten) this.#changed(this)
  }

  rest(): RestOfVenue {
    return this.#known.rest()
  }

  /** Handles a call. @returns What that gave, and what is to be called when the answer is over. */
  during<T>(handle: () => T): readonly [handled: T, over: () => void] {
    const { clock } = this.#known
    const before = clock.now()
    const { handled, release } = this.deliveries.during(handle)
    const over = () => {
      // A clock that stands still is passed by the delays of answers.
      const isPassed = clock.pace === 0 && clock.now() !== before
      if (release() || isPassed) this.#changed(this)
    }
    return [handled, over]
  }

  /** All that was noted is written. */
  clear(): void {
    this.isWritten = true
    for (const each of Object.values(this.changes)) each.clear()
    this.deliveries.clear()
  }

  readonly orderChanged: Told<'orderChanged'> = (order) =>
    this.#write('orders', order.orderId, () => orderRecordOf(order))

  readonly orderStirred = this.orderChanged

  readonly orderForgotten: Told<'orderForgotten'> = (id) => this.#delete('orders', id)

  readonly tradeDone: Told<'tradeDone'> = (trade) =>
    this.#write('trades', trade.tradeId, () => tradeRecordOf(trade))

  readonly tradeForgotten: Told<'tradeForgotten'> = (id) => {
    this.deliveries.forget(id)
    this.#delete('trades', id)
  }

  readonly tradesMoved: Told<'tradesMoved'> = (deliveries) => {
    if (this.deliveries.move(deliveries)) this.#changed(this)
  }

  readonly consumerChanged: Told<'consumerChanged'> = (consumer) =>
    this.#write('consumers', personKey(consumer), () => consumer)

  readonly sessionChanged: Told<'sessionChanged'> = (session) =>
    this.#write('sessions', session.token, () => this.#known.exchange.sessions.recordOf(session))

  readonly sessionEnded: Told<'sessionEnded'> = (token) => this.#delete('sessions', token)

  readonly userEnrolled: Told<'userEnrolled'> = (user) =>
    this.#write('users', personKey(user), () => this.#known.exchange.directory.recordOf(user))

  readonly userForgotten: Told<'userForgotten'> = (user) => this.#delete('users', personKey(user))

  readonly quoteChanged: Told<'quoteChanged'> = (quote) =>
    this.#write('quotes', quote.rateId, () => this.#known.exchange.quotes.recordOf(quote))

  readonly quoteForgotten: Told<'quoteForgotten'> = (rateId) => this.#delete('quotes', rateId)

  readonly restChanged: Told<'restChanged'> = () => this.#changed(this)

  get #known(): Recorded {
    if (this.#recorded) return this.#recorded
    throw new Error(`Failed to keep the state of ${this.name}: it was never said what to record.`)
  }

  #write(entity: Entity, id: string, record: () => unknown): void {
    this.changes[entity].write(id, record)
    this.#changed(this)
  }

  #delete(entity: Entity, id: string): void {
    this.changes[entity].delete(id)
    this.#changed(this)
  }
}
