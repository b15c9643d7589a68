import TinyQueue from 'tinyqueue'
import type { User } from './directory.ts'

/** A session: who it is for, and until when, in epoch milliseconds. */
export interface Session {
  readonly token: string
  readonly user: User
  /** Its place among all sessions that were issued. */
  readonly number: number
  readonly startedAt: number
  expiresAt: number
  /** Whether another token was issued in its place while it lived: it ends, and is not renewed. */
  isRotated: boolean
}

/** A session and when it was to expire when this was noted; it may have been extended since. */
interface Expiry {
  readonly session: Session
  readonly at: number
}

/** The sessions kept, at most so many: the one that expires, or expired, first makes room for the next. */
export class SessionStore {
  readonly #most: number
  readonly #byToken = new Map<string, Session>()
  readonly #byUser = new Map<string, Set<Session>>()
  #expiries = this.#queue([])

  /** @param most - 1 or more. */
  constructor(most: number) {
    this.#most = most
  }

  get(token: string): Session | undefined {
    return this.#byToken.get(token)
  }

  get all(): Iterable<Session> {
    return this.#byToken.values()
  }

  ofUser(user: User): readonly Session[] {
    return [...(this.#byUser.get(keyOf(user)) ?? [])]
  }

  /** @returns The session that made room, if any. */
  add(session: Session): Session | undefined {
    const forgotten = this.#byToken.size >= this.#most ? this.#forgetOne() : undefined
    this.#byToken.set(session.token, session)
    const own = this.#byUser.get(keyOf(session.user)) ?? new Set()
    this.#byUser.set(keyOf(session.user), own.add(session))
    this.#note(session)
    return forgotten
  }

  delete(session: Session): void {
    this.#byToken.delete(session.token)
    const own = this.#byUser.get(keyOf(session.user))
    own?.delete(session)
    if (own?.size === 0) this.#byUser.delete(keyOf(session.user))
  }

  /** Has a session expire no later than at a time. */
  shorten(session: Session, at: number): void {
    if (session.expiresAt <= at) return
    session.expiresAt = at
    this.#note(session)
  }

  #forgetOne(): Session | undefined {
    for (let next = this.#expiries.pop(); next; next = this.#expiries.pop()) {
      const { session, at } = next
      // One that was shortened has been noted a second time, one that was extended has not.
      if (!this.#has(session) || session.expiresAt < at) continue
      if (session.expiresAt > at) this.#note(session)
      else {
        this.delete(session)
        return session
      }
    }
    return undefined
  }

  #note(session: Session): void {
    this.#expiries.push(this.#expiryOf(session))
    if (this.#expiries.length <= this.#byToken.size * 2) return
    this.#expiries = this.#queue([...this.all].map((each) => this.#expiryOf(each)))
  }

  #expiryOf(session: Session): Expiry {
    return { session, at: session.expiresAt }
  }

  #has(session: Session): boolean {
    return this.#byToken.get(session.token) === session
  }

  #queue(expiries: Expiry[]): TinyQueue<Expiry> {
    return new TinyQueue(expiries, (a, b) => a.at - b.at || a.session.number - b.session.number)
  }
}

const keyOf = ({ org, name }: User) => JSON.stringify([org, name])
