import type { Clock } from '../../api/clock.ts'
import type { Admission, Enrolment } from '../exchange/directory.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import { Callers } from './callers.ts'
import type { Companion } from './companion.ts'
import { JournalBudget } from './journal-budget.ts'
import { limitsOfEach, type ServerLimits } from './limits.ts'
import type { SavedVenue } from './state/saved-venue.ts'
import type { State } from './state/state.ts'
import { Venue, type VenueOptions, type VenueTime } from './venue.ts'

export interface VenuesOptions {
  /** The time of the machine. */
  readonly host: Clock
  /** Decides, together with an organisation's name, every price, id and chance outcome there. */
  readonly seed: string
  readonly settings: Partial<Settings>
  readonly time: VenueTime
  /** Who may log in; where nobody is named, anybody may. */
  readonly users: readonly (Enrolment & { readonly org: string })[]
  readonly limits: ServerLimits
  /** Somebody who acts at each organisation besides its clients. */
  readonly accompany?: (venue: Venue) => Companion
  /** Told of an organisation that made room for another. */
  readonly onForgotten?: (organisation: string) => void
  /** Where the organisations go on, and what keeps them; memory alone where there is none. */
  readonly state?: State
}

/** What the calls go to that lead to no organisation. */
const NOWHERE = ''

/** The organisations of a server, each with a simulation of its own. */
export class Venues {
  readonly #options: VenuesOptions
  readonly #budget: JournalBudget
  readonly #venues = new Map<string, Venue>()
  #uses = 0
  readonly #callers = new Callers()
  /** Answers the calls that lead to no organisation: nobody is known there. */
  readonly nowhere: Venue

  /** @throws {SettingsError} Settings that cannot be. */
  constructor(options: VenuesOptions) {
    this.#options = options
    this.#budget = new JournalBudget({
      entries: options.limits.journal,
      weight: options.limits.journalBytes,
    })
    this.nowhere = this.#make(NOWHERE, {
      ...this.defaults(NOWHERE),
      admission: 'enrolled',
      users: [],
    })
    options.state?.takeUp((saved) => this.#resume(saved))
    for (const org of new Set(options.users.map(({ org }) => org))) this.open(org)
  }

  /** How an organisation begins that nobody said anything about. */
  defaults(name: string): VenueOptions {
    const { seed, settings, time, users } = this.#options
    return {
      seed: JSON.stringify([seed, name]),
      ...{ settings, time, admission: this.admission },
      users: users.filter(({ org }) => org === name),
    }
  }

  get admission(): Admission {
    return this.#options.users.length === 0 ? 'anybody' : 'enrolled'
  }

  get all(): readonly Venue[] {
    return [...this.#venues.values()]
  }

  find(name: string): Venue | undefined {
    return this.#venues.get(name)
  }

  /** The organisation of a name, opened where it is not yet. */
  open(name: string): Venue {
    const known = this.#venues.get(name)
    if (known) return known
    const venue = this.#make(name, this.defaults(name))
    this.#venues.set(name, venue)
    if (this.#venues.size > this.#options.limits.organisations) this.#makeRoom(venue)
    return venue
  }

  /** Forgets an organisation with all it has. */
  remove(name: string): boolean {
    const venue = this.#venues.get(name)
    if (!venue) return false
    this.#venues.delete(name)
    venue.close()
    this.#options.state?.forget(name)
    venue.events.end()
    return true
  }

  /** Where a token was issued. */
  byToken(token: string): Venue | undefined {
    return this.#callers.byToken(token)
  }

  /** The organisations in which somebody of that name is known. */
  byUser(userName: string): ReadonlySet<Venue> {
    return this.#callers.byUser(userName)
  }

  close(): void {
    for (const venue of [this.nowhere, ...this.#venues.values()]) venue.close()
  }

  #resume(saved: SavedVenue): void {
    const { name, options } = saved
    this.#venues.set(name, this.#make(name, { ...this.defaults(name), ...options }, saved))
  }

  #make(name: string, options: VenueOptions, saved?: SavedVenue): Venue {
    const { host, accompany, state, limits } = this.#options
    const budget = this.#budget
    const isSomewhere = name !== NOWHERE
    const parts = {
      ...{ host, budget, limits: limitsOfEach(limits), nextUse: () => ++this.#uses },
      ...(isSomewhere && { callers: this.#callers }),
      ...(isSomewhere && accompany && { accompany }),
      ...(isSomewhere && state && { state }),
    }
    return new Venue(name, options, parts, saved)
  }

  /** Whoever is listened to is in use; where all are, the one goes that did nothing for longest. */
  #makeRoom(latest: Venue): void {
    const others = this.all.filter((venue) => venue !== latest)
    const unheard = others.filter(({ events }) => !events.isHeard)
    const candidates = unheard.length > 0 ? unheard : others
    const [first, ...rest] = candidates
    if (!first) return
    const { name } = rest.reduce((idlest, each) => (isIdler(each, idlest) ? each : idlest), first)
    this.remove(name)
    this.#options.onForgotten?.(name)
  }
}

function isIdler(one: Venue, other: Venue): boolean {
  return (one.usedAt - other.usedAt || one.lastUse - other.lastUse) < 0
}
