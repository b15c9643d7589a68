import type { Chance } from './chance.ts'
import { type Broker, InventedPeople } from './invented-people.ts'
import { defaultLimits } from './limits.ts'
import type { ExchangeObserver } from './observer.ts'
import type { UserRecord } from './records.ts'

/** Somebody who can log in. */
export interface User {
  readonly name: string
  readonly org: string
  readonly password: string
  /** Whether the user may place orders: a prerequisite of the guides. */
  readonly mayTrade: boolean
  /** Whether they were let in without being enrolled, and so with any password but the refused one. */
  readonly isGuest?: boolean
}

/** Whom a login lets in: those enrolled, or anybody who names a user, a password and an organisation. */
export type Admission = 'enrolled' | 'anybody'

/** The one password that nobody is let in with who was not enrolled: to see a login refused. */
export const REFUSED_PASSWORD = 'wrong-password'

/** A user with the secret that signs requests, in place of a login. Fact sheet 1.5 [reference]. */
export interface EnrolledUser extends User {
  /** 64 hexadecimal digits, which are base64 too: it makes a key either way. */
  readonly hmacSecret: string
}

/** What to enrol somebody with; the rest is invented from the seed. */
export interface Enrolment {
  readonly name: string
  readonly org?: string
  readonly password?: string
  readonly mayTrade?: boolean
}

/**
 * Who may log in, and who stands on the other side: organisations, users, providers. Names and
 * passwords are invented by a seeded faker, so the same seed gives the same people.
 */
export class Directory {
  /** By organisation, then by name. */
  readonly #users = new Map<string, Map<string, EnrolledUser>>()
  /** Those of them who were not enrolled; who logged in longest ago comes first. */
  readonly #guests = new Set<EnrolledUser>()
  readonly #mostGuests: number
  readonly #chance: Chance
  readonly #admission: Admission
  readonly #observer: ExchangeObserver
  readonly #invented: InventedPeople
  /** Providers that stream prices, best first. */
  readonly providers: readonly string[] = ['LP1', 'LP2', 'LP3', 'LP4', 'LP5']

  /** @param mostGuests - How many may be remembered who were not enrolled; `forgetGuest` sees to it. */
  constructor(
    chance: Chance,
    admission: Admission = 'enrolled',
    observer: ExchangeObserver = {},
    mostGuests = defaultLimits.users,
  ) {
    this.#mostGuests = mostGuests
    this.#chance = chance
    this.#admission = admission
    this.#observer = observer
    this.#invented = new InventedPeople(() => chance.below(2 ** 31, 'directory'))
  }

  /** The organisation that users belong to unless told otherwise. */
  get org(): string {
    return this.#invented.org
  }

  /** The counterparty of every trade. */
  get broker(): Broker {
    return this.#invented.broker
  }

  /** Enrols a user, or enrols the same name and organisation anew with other particulars. */
  enrol({ name, org = this.org, password, mayTrade = true }: Enrolment): EnrolledUser {
    const known = this.find(name, org)
    const secret = password ?? known?.password ?? this.#invented.password()
    return this.#told(this.#keep({ name, org, password: secret, mayTrade }))
  }

  /** Enrols those who were enrolled elsewhere, as they were there; what is invented is new to them too. */
  takeOver(other: Directory): void {
    this.#invented.skipTo(other.passwords)
    for (const user of other.all)
      if (user.isGuest !== true) this.#told(this.#keep(this.recordOf(user)))
  }

  /** Whoever logs in so: somebody enrolled, or a guest where anybody is admitted. */
  admit(name: string, org: string, password: string): EnrolledUser | undefined {
    const known = this.find(name, org)
    if (known && this.#guests.delete(known)) this.#guests.add(known)
    const isComplete = name !== '' && org !== '' && password !== ''
    if (known || this.#admission === 'enrolled' || !isComplete) return known
    if (password === REFUSED_PASSWORD) return undefined
    return this.#told(this.#keep({ name, org, password, mayTrade: true, isGuest: true }))
  }

  /**
   * Where there are more guests than are kept, forgets the one who logged in longest ago.
   *
   * @param isNeeded - Whether a guest has to be kept.
   */
  forgetGuest(isNeeded: (guest: User) => boolean): User | undefined {
    if (this.#guests.size <= this.#mostGuests) return undefined
    for (const guest of this.#guests) {
      if (isNeeded(guest)) continue
      const { name, org } = guest
      const colleagues = this.#users.get(org)
      colleagues?.delete(name)
      if (colleagues?.size === 0) this.#users.delete(org)
      this.#guests.delete(guest)
      this.#observer.userForgotten?.({ name, org })
      return guest
    }
    return undefined
  }

  /** Whether a user may log in with this password. */
  accepts({ isGuest, password: own }: User, password: string): boolean {
    return isGuest === true ? password !== '' && password !== REFUSED_PASSWORD : password === own
  }

  find(name: string, org: string): EnrolledUser | undefined {
    return this.#users.get(org)?.get(name)
  }

  /** Passwords invented so far. */
  get passwords(): number {
    return this.#invented.given
  }

  recordOf({ hmacSecret: _, ...user }: EnrolledUser): UserRecord {
    return user
  }

  /** Takes users up again. @param passwords - Passwords invented so far. */
  resume(users: readonly UserRecord[], passwords: number): void {
    for (const user of users) this.#keep(user)
    this.#invented.skipTo(passwords)
  }

  get all(): readonly EnrolledUser[] {
    return [...this.#users.values()].flatMap((colleagues) => [...colleagues.values()])
  }

  /** The users of that name, whatever their organisation. */
  named(name: string): readonly EnrolledUser[] {
    return [...this.#users.values()].flatMap((colleagues) => colleagues.get(name) ?? [])
  }

  #keep(particulars: UserRecord): EnrolledUser {
    const { org, name } = particulars
    // Not the faker's: one value more would change all names and passwords after it.
    const user = { ...particulars, hmacSecret: this.#chance.hex(64, 'hmac', org, name) }
    const colleagues = this.#users.get(user.org)
    const before = colleagues?.get(name)
    if (before) this.#guests.delete(before)
    if (user.isGuest === true) this.#guests.add(user)
    if (colleagues) colleagues.set(user.name, user)
    else this.#users.set(user.org, new Map([[user.name, user]]))
    return user
  }

  #told(user: EnrolledUser): EnrolledUser {
    this.#observer.userEnrolled?.(user)
    return user
  }
}
