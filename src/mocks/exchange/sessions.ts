import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import type { Directory, User } from './directory.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** Characters in a token, as in the documented sample. Fact sheet 1.2 [reference]. */
const TOKEN_LENGTH = 62

/** A session: who it is for, and until when, in epoch milliseconds. */
export interface Session {
  readonly token: string
  readonly user: User
  readonly startedAt: number
  expiresAt: number
  /** Whether another token was issued in its place while it lived: it ends, and is not renewed. */
  isRotated: boolean
}

/** A renewal: the session to go on with, or the news that there is none to renew. */
export type Renewal =
  | { readonly valid: true; readonly session: Session; readonly wasExpired: boolean }
  | { readonly valid: false }

/** Logins, tokens and their lives. Fact sheet 1.1 to 1.4 and 6, rows 1 to 10. */
export class Sessions {
  readonly #clock: Clock
  readonly #chance: Chance
  readonly #directory: Directory
  readonly #settings: Settings
  readonly #sessions = new Map<string, Session>()
  readonly #failures = new Map<string, number>()
  #issued = 0

  constructor(clock: Clock, chance: Chance, directory: Directory, settings: Settings) {
    this.#clock = clock
    this.#chance = chance
    this.#directory = directory
    this.#settings = settings
  }

  login(name: string, password: string, org: string): Result<Session> {
    const user = this.#directory.admit(name, org, password)
    if (!user) return refuse('unknown-user', `There is no user ${name} in ${org}.`)
    const id = JSON.stringify([org, name])
    const failures = this.#failures.get(id) ?? 0
    if (failures >= this.#mostFailures()) {
      return refuse('locked-out', `User ${name} is locked out after ${failures} failed logins.`)
    }
    if (!this.#directory.accepts(user, password)) {
      this.#failures.set(id, failures + 1)
      return refuse('bad-credentials', 'User, password and organisation do not go together.')
    }
    this.#failures.delete(id)
    return success(this.#issue(user))
  }

  /** Whose token it is, dead or alive. */
  holderOf(token: string): User | undefined {
    return this.#sessions.get(token)?.user
  }

  /** Whether the token was issued here, dead or alive. */
  has(token: string): boolean {
    return this.#sessions.has(token)
  }

  /** The user whom a token stands for now. */
  authenticate(token: string | undefined): Result<User> {
    if (token === undefined) return refuse('not-authenticated', 'The request carries no SSO_TOKEN.')
    const session = this.#sessions.get(token)
    if (!session) return refuse('not-authenticated', 'The SSO_TOKEN is unknown.')
    if (session.expiresAt <= this.#clock.now()) {
      return refuse('not-authenticated', 'The SSO_TOKEN has expired: renew it or log in.')
    }
    if (this.#settings.tokenSliding && !session.isRotated) session.expiresAt = this.#expiry()
    return success(this.#directory.find(session.user.name, session.user.org) ?? session.user)
  }

  renew(token: string | undefined): Result<Renewal> {
    if (token === undefined) return refuse('not-authenticated', 'The request carries no SSO_TOKEN.')
    const session = this.#sessions.get(token)
    if (!session || session.isRotated) {
      return this.#settings['renew.unknown'] === 200
        ? success({ valid: false })
        : refuse('unknown-token', 'The SSO_TOKEN is unknown: log in.')
    }
    const expiredMs = this.#clock.now() - session.expiresAt
    const wasExpired = expiredMs >= 0
    const limit = this.#settings['renew.maxExpiredMs']
    if (wasExpired && limit !== 'unlimited' && expiredMs > limit) {
      return refuse('token-too-old', 'The SSO_TOKEN expired too long ago: log in.')
    }
    return success({ valid: true, wasExpired, session: this.#renewed(session, wasExpired) })
  }

  /** Whom a token was issued to, whether it still lives or not; asking keeps no session alive. */
  holder(token: string | undefined): User | undefined {
    return token === undefined ? undefined : this.#sessions.get(token)?.user
  }

  /** Ends the life of one token now, as time would; without effect on one that is unknown. */
  expire(token: string | undefined): void {
    const session = token === undefined ? undefined : this.#sessions.get(token)
    if (session) session.expiresAt = Math.min(session.expiresAt, this.#clock.now())
  }

  /** Ends the life of every token now, as time would. */
  expireAll(): void {
    const now = this.#clock.now()
    for (const session of this.#sessions.values()) {
      session.expiresAt = Math.min(session.expiresAt, now)
    }
  }

  #renewed(session: Session, wasExpired: boolean): Session {
    if (!wasExpired && this.#settings['renew.live'] === 'extend') {
      session.expiresAt = this.#expiry()
      return session
    }
    if (!wasExpired) {
      const grace = this.#clock.now() + this.#settings['renew.oldTokenGraceMs']
      session.expiresAt = Math.min(session.expiresAt, grace)
      session.isRotated = true
    }
    return this.#issue(session.user, session)
  }

  #issue(user: User, predecessor?: Session): Session {
    if (this.#settings['login.concurrent'] === 'invalidatePrevious') {
      this.#endSessionsOf(user, predecessor)
    }
    const token = this.#chance.token(TOKEN_LENGTH, 'token', user.org, user.name, this.#issued++)
    const session = {
      token,
      user,
      startedAt: this.#clock.now(),
      expiresAt: this.#expiry(),
      isRotated: false,
    }
    this.#sessions.set(token, session)
    return session
  }

  #expiry(): number {
    return this.#clock.now() + this.#settings.tokenTtlMs
  }

  #mostFailures(): number {
    const most = this.#settings['login.maxFailures']
    return most === 'off' ? Number.POSITIVE_INFINITY : most
  }

  /** A predecessor keeps what grace it has. */
  #endSessionsOf(user: User, predecessor?: Session): void {
    for (const [token, session] of this.#sessions) {
      if (session === predecessor) continue
      if (session.user.name === user.name && session.user.org === user.org) {
        this.#sessions.delete(token)
      }
    }
  }
}
