import type { Clock } from '../../api/clock.ts'
import { Exchange } from '../exchange/exchange.ts'
import type { Limits } from '../exchange/limits.ts'
import type { ExchangeObserver } from '../exchange/observer.ts'
import { observers } from '../exchange/observers.ts'
import { SteeredClock } from '../exchange/steered-clock.ts'
import { type DoorFinder, doorFinder } from '../http/door-finder.ts'
import { doorsOf } from '../http/endpoint-table.ts'
import { Faults } from '../http/faults.ts'
import { exchangeNews } from './exchange-news.ts'
import type { Journal } from './journal.ts'
import type { Recorder } from './state/recorder.ts'
import { clockOf, clockRecordOf, type SavedVenue } from './state/saved-venue.ts'
import type { State } from './state/state.ts'
import type { VenueOptions } from './venue.ts'
import type { VenueEvents } from './venue-events.ts'

/** One simulation from its beginning to its next: what a reset replaces. */
export interface VenueSession {
  readonly clock: SteeredClock
  readonly exchange: Exchange
  readonly faults: Faults
  readonly journal: Journal
  readonly find: DoorFinder
  /** Notes what is to be kept, where state is. */
  readonly recorder?: Recorder
  /** To be called once it is the one that counts. */
  readonly start: () => void
}

interface Surroundings {
  readonly name: string
  readonly host: Clock
  readonly journal: Journal
  readonly limits: Limits
  readonly events: VenueEvents
  readonly state?: State
  /** Told what happens, besides. */
  readonly observer?: ExchangeObserver
  /** Where to go on. */
  readonly saved?: SavedVenue
  readonly usedAt: () => number
}

/** @throws {SettingsError} Settings that cannot be. */
export function newSession(
  { users, ...options }: VenueOptions,
  { name, host, journal, limits, events, state, saved, usedAt, observer }: Surroundings,
): VenueSession {
  const { seed, settings, time, admission } = options
  const recorder = state?.recorder(name, options, saved)
  const clock = saved ? clockOf(saved.rest.clock, time, host) : newClock(options, host)
  const all = observers(recorder, exchangeNews(events), observer)
  const exchange = new Exchange({ clock, seed, settings, admission, limits, observer: all })
  const faults = new Faults(exchange.chance, recorder?.restChanged)
  if (saved) {
    exchange.restore(saved.record)
    faults.resume(saved.rest.faults)
  } else for (const user of users) exchange.directory.enrol(user)
  const find = doorFinder(doorsOf(exchange, faults), exchange.settings)
  const start = () => {
    if (!recorder) return
    const rest = () => ({
      exchange: exchange.recordRest(),
      clock: clockRecordOf(clock, host),
      faults: faults.record(),
      usedAt: usedAt(),
    })
    state?.begin(recorder, { exchange, clock, rest })
    // What was due meanwhile comes before any call does.
    if (saved) clock.advance(0)
  }
  return { clock, exchange, faults, journal, find, start, ...(recorder && { recorder }) }
}

function newClock({ time }: Pick<VenueOptions, 'time'>, host: Clock): SteeredClock {
  return time === 'real' ? new SteeredClock(host) : new SteeredClock(host, 0, time.virtualFrom)
}
