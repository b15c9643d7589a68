import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import type { Directory, User } from './directory.ts'
import { defaultLimits } from './limits.ts'
import type { ExchangeObserver } from './observer.ts'
import type { Person, RestRecord, SessionRecord } from './records.ts'
import { type Result, refuse, success } from './refusal.ts'
import { type Session, SessionStore } from './session-store.ts'
import type { Settings } from './settings/settings.ts'

/** Characters in a token, as in the documented sample. Fact sheet 1.2 [reference]. */
const TOKEN_LENGTH = 62

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
  readonly #observer: ExchangeObserver
  readonly #sessions: SessionStore
  /** In a row, by user; only of users that there are. */
  readonly #failures = new Map<string, number>()
  #issued = 0

  /** @param most - Sessions kept, expired ones included. */
  constructor(
    clock: Clock,
    chance: Chance,
    directory: Directory,
    settings: Settings,
    most = defaultLimits.sessions,
    observer: ExchangeObserver = {},
  ) {
    this.#clock = clock
    this.#chance = chance
    this.#directory = directory
    this.#settings = settings
    this.#observer = observer
    this.#sessions = new SessionStore(most)
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
      this.#observer.restChanged?.()
      return refuse('bad-credentials', 'User, password and organisation do not go together.')
    }
    if (this.#failures.delete(id)) this.#observer.restChanged?.()
    if (user.isGuest === true) this.#makeRoomFor(user)
    return success(this.#issue(user))
  }

  /** Whose token it is, dead or alive. */
  holderOf(token: string): User | undefined {
    return this.#sessions.get(token)?.user
  }

  /** The user whom a token stands for now. */
  authenticate(token: string | undefined): Result<User> {
    if (token === undefined) return refuse('not-authenticated', 'The request carries no SSO_TOKEN.')
    const session = this.#sessions.get(token)
    if (!session) return refuse('not-authenticated', 'The SSO_TOKEN is unknown.')
    if (session.expiresAt <= this.#clock.now()) {
      return refuse('not-authenticated', 'The SSO_TOKEN has expired: renew it or log in.')
    }
    if (this.#settings.tokenSliding && !session.isRotated) this.#extend(session)
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
    if (session) this.#shorten(session, this.#clock.now())
  }

  /** Ends the life of every token now, as time would. */
  expireAll(): void {
    const now = this.#clock.now()
    for (const session of [...this.#sessions.all]) this.#shorten(session, now)
  }

  /** All that are known here, dead or alive. */
  get tokens(): readonly string[] {
    return [...this.#sessions.all].map(({ token }) => token)
  }

  /** Sessions issued so far. */
  get issued(): number {
    return this.#issued
  }

  recordOf({ user, ...session }: Session): SessionRecord {
    return { ...session, user: { name: user.name, org: user.org } }
  }

  record(): readonly SessionRecord[] {
    return [...this.#sessions.all].map((session) => this.recordOf(session))
  }

  failures(): RestRecord['failures'] {
    return [...this.#failures].map(([id, count]) => {
      const [org = '', name = ''] = JSON.parse(id) as string[]
      return { org, name, count }
    })
  }

  /** Takes sessions up again. @param issued - Sessions issued so far. */
  resume(
    records: readonly SessionRecord[],
    failures: RestRecord['failures'],
    issued: number,
  ): void {
    this.#issued = issued
    for (const { org, name, count } of failures) {
      this.#failures.set(JSON.stringify([org, name]), count)
    }
    for (const record of records) {
      this.#sessions.add({ ...record, user: this.#userOf(record.user) })
    }
  }

  /** Nobody is forgotten who has a session; without a user there would be nobody to trade. */
  #userOf({ name, org }: Person): User {
    return this.#directory.find(name, org) ?? { name, org, password: '', mayTrade: false }
  }

  /** With whoever is forgotten go the sessions that had expired. */
  #makeRoomFor(guest: User): void {
    const now = this.#clock.now()
    const isNeeded = (each: User) =>
      each === guest || this.#sessions.ofUser(each).some(({ expiresAt }) => expiresAt > now)
    const forget = () => this.#directory.forgetGuest(isNeeded)
    for (let gone = forget(); gone; gone = forget()) {
      this.#endSessionsOf(gone)
      if (this.#failures.delete(JSON.stringify([gone.org, gone.name])))
        this.#observer.restChanged?.()
    }
  }

  #renewed(session: Session, wasExpired: boolean): Session {
    if (!wasExpired && this.#settings['renew.live'] === 'extend') {
      this.#extend(session)
      return session
    }
    if (!wasExpired) {
      session.isRotated = true
      const graceMs = this.#settings['renew.oldTokenGraceMs']
      this.#shorten(session, this.#clock.now() + graceMs)
    }
    return this.#issue(session.user, session)
  }

  #issue(user: User, predecessor?: Session): Session {
    if (this.#settings['login.concurrent'] === 'invalidatePrevious') {
      this.#endSessionsOf(user, predecessor)
    }
    const number = this.#issued++
    const token = this.#chance.token(TOKEN_LENGTH, 'token', user.org, user.name, number)
    const session = {
      token,
      user,
      number,
      startedAt: this.#clock.now(),
      expiresAt: this.#expiry(),
      isRotated: false,
    }
    const forgotten = this.#sessions.add(session)
    if (forgotten) this.#observer.sessionEnded?.(forgotten.token)
    this.#observer.sessionChanged?.(session)
    return session
  }

  #extend(session: Session): void {
    session.expiresAt = this.#expiry()
    this.#observer.sessionChanged?.(session)
  }

  #shorten(session: Session, at: number): void {
    this.#sessions.shorten(session, at)
    this.#observer.sessionChanged?.(session)
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
    for (const session of this.#sessions.ofUser(user)) {
      if (session === predecessor) continue
      this.#sessions.delete(session)
      this.#observer.sessionEnded?.(session.token)
    }
  }
}
