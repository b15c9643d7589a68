import { type ClientEvent, isSuccess } from '../../backends/playing/client-event.ts'

/** Who plays whom: the traders of the scenarios, and the users that clients have signed in as. */
export class Cast {
  readonly #users = new Map<string, string>()
  #signedIn = new Set<string>()

  /** Has a trader be played by this user and nobody else. */
  assign(trader: string, user: string): void {
    this.#users.set(trader, user)
  }

  /** Whoever is told anything but that they may not ask has a session, or needs none. */
  note(event: ClientEvent): void {
    if (isSuccess(event)) this.#signedIn.add(userOf(event))
  }

  endSessions(): void {
    this.#signedIn = new Set()
  }

  /** Whether the trader is signed in already; whoever is free may be the trader from now on. */
  isSignedIn(trader: string | undefined): boolean {
    return [...this.#signedIn].some((user) => this.#takes(trader, user))
  }

  /**
   * Whether a call may be the trader's; a user who is nobody yet is the trader from then on.
   *
   * @param sharesLogin - Whether another trader's user will do.
   */
  takes(trader: string | undefined, event: ClientEvent, sharesLogin = false): boolean {
    const user = userOf(event)
    if (sharesLogin && trader !== undefined) this.assign(trader, user)
    return this.#takes(trader, user)
  }

  #takes(trader: string | undefined, user: string): boolean {
    if (trader === undefined || user === '') return true
    const known = this.#users.get(trader)
    if (known !== undefined) return known === user
    if ([...this.#users.values()].includes(user)) return false
    this.assign(trader, user)
    return true
  }
}

/** Who called; empty where nobody can tell. */
function userOf({ user, operation, request }: ClientEvent): string {
  if (user !== undefined) return user
  const { user: named } = Object(request.body) as { readonly user?: unknown }
  return operation === 'login' && typeof named === 'string' ? named : ''
}
