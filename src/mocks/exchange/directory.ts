import type { Chance } from './chance.ts'
import { type Broker, InventedPeople } from './invented-people.ts'

/** Somebody who can log in. */
export interface User {
  readonly name: string
  readonly org: string
  readonly password: string
  /** Whether the user may place orders: a prerequisite of the guides. */
  readonly mayTrade: boolean
}

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
  readonly #chance: Chance
  readonly #invented: InventedPeople
  /** Providers that stream prices, best first. */
  readonly providers: readonly string[] = ['LP1', 'LP2', 'LP3', 'LP4', 'LP5']

  constructor(chance: Chance) {
    this.#chance = chance
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
    // Not the faker's: one value more would change all names and passwords after it.
    const hmacSecret = this.#chance.hex(64, 'hmac', org, name)
    const user = { name, org, password: secret, mayTrade, hmacSecret }
    const colleagues = this.#users.get(org)
    if (colleagues) colleagues.set(name, user)
    else this.#users.set(org, new Map([[name, user]]))
    return user
  }

  find(name: string, org: string): EnrolledUser | undefined {
    return this.#users.get(org)?.get(name)
  }

  /** The users of that name, whatever their organisation. */
  named(name: string): readonly EnrolledUser[] {
    return [...this.#users.values()].flatMap((colleagues) => colleagues.get(name) ?? [])
  }
}
