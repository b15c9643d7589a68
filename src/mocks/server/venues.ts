import type { Clock } from '../../api/clock.ts'
import type { Admission, Enrolment } from '../exchange/directory.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { Companion } from './companion.ts'
import { JournalBudget } from './journal-budget.ts'
import type { ServerLimits } from './limits.ts'
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
  /** Where a token was issued, as far as it was asked for. */
  readonly #byToken = new Map<string, Venue>()
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
    for (const [token, holder] of this.#byToken) if (holder === venue) this.#byToken.delete(token)
    venue.close()
    this.#options.state?.forget(name)
    venue.events.end()
    return true
  }

  /** Where a token was issued. */
  byToken(token: string): Venue | undefined {
    const known = this.#byToken.get(token)
    if (known?.exchange.sessions.has(token)) return known
    this.#byToken.delete(token)
    for (const venue of this.#venues.values()) {
      if (!venue.exchange.sessions.has(token)) continue
      this.#byToken.set(token, venue)
      if (this.#byToken.size > MOST_TOKENS) this.#forgetToken()
      return venue
    }
    return undefined
  }

  /** The organisations in which somebody of that name is enrolled. */
  byUser(userName: string): readonly Venue[] {
    return this.all.filter(({ exchange }) => exchange.directory.named(userName).length > 0)
  }

  close(): void {
    for (const venue of [this.nowhere, ...this.#venues.values()]) venue.close()
  }

  #resume(saved: SavedVenue): void {
    const { name, options } = saved
    this.#venues.set(name, this.#make(name, { ...this.defaults(name), ...options }, saved))
  }

  #make(name: string, options: VenueOptions, saved?: SavedVenue): Venue {
    const { host, accompany, state } = this.#options
    const budget = this.#budget
    const isSomewhere = name !== NOWHERE
    const parts = {
      ...{ host, budget },
      ...(isSomewhere && accompany && { accompany }),
      ...(isSomewhere && state && { state }),
    }
    return new Venue(name, options, parts, saved)
  }

  #makeRoom(latest: Venue): void {
    const [idle] = this.all
      .filter((venue) => venue !== latest)
      .toSorted((one, other) => one.usedAt - other.usedAt)
    if (idle) this.remove(idle.name)
  }

  #forgetToken(): void {
    const [oldest] = this.#byToken.keys()
    if (oldest !== undefined) this.#byToken.delete(oldest)
  }
}

/** Tokens whose organisation is remembered; others are looked for anew. */
const MOST_TOKENS = 10_000
