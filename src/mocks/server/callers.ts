import type { Exchange } from '../exchange/exchange.ts'
import type { ExchangeObserver } from '../exchange/observer.ts'
import type { Venue } from './venue.ts'

const NONE: ReadonlySet<Venue> = new Set()

/** Whose a token is and where a name is known, over all organisations: so no call has to ask each of them. */
export class Callers {
  readonly #present = new Set<Venue>()
  readonly #byToken = new Map<string, Venue>()
  readonly #byUser = new Map<string, Set<Venue>>()

  /** Where a token was issued and is remembered. */
  byToken(token: string): Venue | undefined {
    return this.#byToken.get(token)
  }

  /** Where somebody of that name may log in or did. */
  byUser(name: string): ReadonlySet<Venue> {
    return this.#byUser.get(name) ?? NONE
  }

  /** Has an exchange of an organisation tell who comes and goes, while the organisation is here. */
  observer(venue: Venue): ExchangeObserver {
    return {
      sessionChanged: ({ token }) => {
        if (this.#present.has(venue)) this.#byToken.set(token, venue)
      },
      sessionEnded: (token) => this.#endToken(token, venue),
      userForgotten: ({ name }) => {
        if (venue.exchange.directory.named(name).length === 0) this.#forget(name, venue)
      },
      userEnrolled: ({ name }) => {
        if (this.#present.has(venue)) this.#know(name, venue)
      },
    }
  }

  /** An exchange of an organisation counts from now on, with those whom it knows. */
  arrive(venue: Venue, { sessions, directory }: Exchange): void {
    this.#present.add(venue)
    for (const token of sessions.tokens) this.#byToken.set(token, venue)
    for (const { name } of directory.all) this.#know(name, venue)
  }

  /** It does no longer. */
  leave(venue: Venue, { sessions, directory }: Exchange): void {
    this.#present.delete(venue)
    for (const token of sessions.tokens) this.#endToken(token, venue)
    for (const { name } of directory.all) this.#forget(name, venue)
  }

  /** Organisations of the same seed may issue the same token: it is the last one's. */
  #endToken(token: string, venue: Venue): void {
    if (this.#byToken.get(token) === venue) this.#byToken.delete(token)
  }

  #know(name: string, venue: Venue): void {
    const venues = this.#byUser.get(name)
    if (venues) venues.add(venue)
    else this.#byUser.set(name, new Set([venue]))
  }

  #forget(name: string, venue: Venue): void {
    const venues = this.#byUser.get(name)
    venues?.delete(venue)
    if (venues?.size === 0) this.#byUser.delete(name)
  }
}
