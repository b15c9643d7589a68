import type { Clock } from '../../api/clock.ts'
import type { Admission, Enrolment } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Limits } from '../exchange/limits.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { SteeredClock } from '../exchange/steered-clock.ts'
import type { Delivery } from '../http/door.ts'
import { errorAnswer } from '../http/error-answers.ts'
import type { Faults } from '../http/faults.ts'
import { wireAnswer } from '../http/wire-answer.ts'
import type { Callers } from './callers.ts'
import type { Companion } from './companion.ts'
import type { IncomingCall } from './incoming-call.ts'
import { Journal } from './journal.ts'
import type { JournalBudget } from './journal-budget.ts'
import type { SavedVenue } from './state/saved-venue.ts'
import type { State } from './state/state.ts'
import { VenueEvents } from './venue-events.ts'
import { newSession, type VenueSession } from './venue-session.ts'

/** How time goes in one organisation's simulation. */
export type VenueTime =
  /** With the machine; it can be stopped, paced and advanced. */
  | 'real'
  /** It stands still, beginning there (epoch milliseconds), and passes where it is advanced or slept on. */
  | { readonly virtualFrom: number }

/** How a simulation begins, and begins again. */
export interface VenueOptions {
  readonly seed: string
  readonly settings: Partial<Settings>
  readonly time: VenueTime
  readonly admission: Admission
  readonly users: readonly Enrolment[]
}

/** What a venue needs of its server. */
export interface VenueParts {
  /** The clock of the machine. */
  readonly host: Clock
  readonly budget: JournalBudget
  /** How much it keeps. */
  readonly limits: Limits
  /** Told who comes and goes here; absent where nobody is to be led to. */
  readonly callers?: Callers
  /** Numbers the uses of all organisations. */
  readonly nextUse: () => number
  /** Somebody who acts here besides the clients, from each beginning on. */
  readonly accompany?: (venue: Venue) => Companion
  /** Keeps what happens here. */
  readonly state?: State
}

/** What becomes of a call, and the word to be given how it went. */
export interface VenueReply {
  readonly delivery: Delivery
  readonly done: (delivered: boolean) => void
}

/** The simulated Integral of one organisation: nobody else's calls, orders, time or faults reach it. */
export class Venue {
  /** The organisation, as logins name it. */
  readonly name: string
  /** What happens here; listeners stay across resets. */
  readonly events = new VenueEvents()
  readonly #host: Clock
  readonly #parts: VenueParts
  #options: VenueOptions
  #session: VenueSession
  #companion: Companion | undefined
  /** When it was last called, staged or looked at, in epoch milliseconds of the machine. */
  usedAt: number
  /** Tells which of two was used later within the same millisecond: the one with the higher number. */
  lastUse: number

  /**
   * @param saved - Where to go on.
   * @throws {SettingsError} Settings that cannot be.
   */
  constructor(name: string, options: VenueOptions, parts: VenueParts, saved?: SavedVenue) {
    this.name = name
    this.#options = options
    this.#host = parts.host
    this.#parts = parts
    this.usedAt = saved?.rest.usedAt ?? parts.host.now()
    this.lastUse = parts.nextUse()
    this.#session = this.#begin(options, new Journal(parts.budget), saved)
    this.#session.start()
    parts.callers?.arrive(this, this.exchange)
    this.#companion = parts.accompany?.(this)
  }

  get options(): VenueOptions {
    return this.#options
  }

  get clock(): SteeredClock {
    return this.#session.clock
  }

  /** What delays of answers are waited on: the clock of the machine, unless time is virtual here. */
  get deliveryClock(): Clock {
    return this.#options.time === 'real' ? this.#host : this.clock
  }

  get exchange(): Exchange {
    return this.#session.exchange
  }

  get faults(): Faults {
    return this.#session.faults
  }

  get journal(): Journal {
    return this.#session.journal
  }

  /**
   * Begins anew, with nothing placed, staged or remembered.
   *
   * @throws {SettingsError} Settings that cannot be; then all stays as it was.
   */
  reset(options = this.#options): void {
    const next = this.#begin(options, new Journal(this.#parts.budget, this.journal))
    this.close()
    this.#options = options
    this.#goOnWith(next)
    this.#companion = this.#parts.accompany?.(this)
  }

  /**
   * Begins anew with other settings, for whoever acts here: the journal goes on, and so do they, time at
   * its pace, and whoever is enrolled.
   *
   * @throws {SettingsError} As above.
   */
  restage(settings: Partial<Settings>): void {
    const next = this.#begin({ ...this.#options, settings }, this.journal)
    next.clock.continueFrom(this.clock)
    next.exchange.directory.takeOver(this.exchange.directory)
    this.clock.stop()
    this.#goOnWith(next)
  }

  get companion(): Companion | undefined {
    return this.#companion
  }

  /** Ends all that time would bring, and gives back what it kept. */
  close(): void {
    this.clock.stop()
    this.journal.close()
    this.#parts.callers?.leave(this, this.exchange)
  }

  /** Somebody wants something of it: its place is not to be taken by another one soon. */
  use(): void {
    this.usedAt = this.#host.now()
    this.lastUse = this.#parts.nextUse()
  }

  /** Notes in the journal what was staged. */
  note(action: string, details: unknown): void {
    this.use()
    const { clock, journal, events, usedAt: receivedAt } = this
    const noted = journal.note({ at: clock.now(), receivedAt, action, details })
    if (events.isHeard) events.tell({ type: 'control', number: noted.number, action: noted })
    this.#session.recorder?.restChanged()
  }

  /** Answers a call, and writes it into the journal. */
  handle(call: IncomingCall): VenueReply {
    const { clock, exchange, journal, find, recorder } = this.#session
    const found = find(call.method, call.pathname)
    const now = clock.now()
    this.use()
    const { usedAt: receivedAt } = this
    if (found) call.params = found.params
    const companion = found && this.#companion
    const accompanied = companion && { operation: found.door.operation, call }
    if (accompanied) companion.before?.(accompanied)
    const answer = () => (found ? found.door.handle(call) : unknownPath(call, exchange.settings))
    const recorded = recorder?.during(answer)
    const answered = recorded ? recorded[0] : answer()
    // Node dates answers by the clock of the machine; that is right where both agree.
    const delivery = Math.abs(now - receivedAt) < A_SECOND ? answered : dated(answered, now)
    const when = { operation: found?.door.operation, at: now, receivedAt }
    const entry = journal.call(when, call, delivery)
    if (accompanied) companion.after?.({ ...accompanied, delivery, number: entry.number })
    const done = (delivered: boolean): void => {
      entry.delivered = delivered
      entry.doneAt = clock.now()
      entry.answeredAt = this.#host.now()
      journal.completed(entry)
      recorded?.[1]()
      if (this.events.isHeard) this.events.tell({ type: 'call', number: entry.number, call: entry })
    }
    return { delivery, done }
  }

  #goOnWith(next: VenueSession): void {
    this.#parts.callers?.leave(this, this.exchange)
    this.#session = next
    next.start()
    this.#parts.callers?.arrive(this, this.exchange)
  }

  #begin(options: VenueOptions, journal: Journal, saved?: SavedVenue): VenueSession {
    const { host, state, callers, limits } = this.#parts
    return newSession(options, {
      ...{ name: this.name, host, journal, limits, events: this.events },
      usedAt: () => this.usedAt,
      ...(callers && { observer: callers.observer(this) }),
      ...(state && { state }),
      ...(saved && { saved }),
    })
  }
}

/** The hour that the server goes by is that of its organisation's clock, not the machine's. */
/** What a date in a header can tell apart, in milliseconds. */
const A_SECOND = 1_000

function dated(delivery: Delivery, now: number): Delivery {
  const { answer } = delivery
  if (answer === 'cut' || answer.headers.some(isDate)) return delivery
  const date = ['Date', new Date(now).toUTCString()] as const
  return { ...delivery, answer: { ...answer, headers: [...answer.headers, date] } }
}

/** One may be staged. */
function isDate([name]: readonly [name: string, value: string]): boolean {
  return name.toLowerCase() === 'date'
}

function unknownPath({ method, pathname, headers }: IncomingCall, settings: Settings): Delivery {
  const detail = `There is no ${method} ${pathname}.`
  return {
    answer: wireAnswer(errorAnswer({ reason: 'unknown-path', detail }, settings), { headers }),
  }
}
