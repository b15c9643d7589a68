import { en, Faker } from '@faker-js/faker'
import type { Chance } from './chance.ts'

/** Somebody who can log in. */
export interface User {
  readonly name: string
  readonly org: string
  readonly password: string
  /** Whether the user may place orders: a prerequisite of the guides. */
  readonly mayTrade: boolean
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
  readonly #users = new Map<string, User>()
  readonly #faker: Faker
  /** The organisation that users belong to unless told otherwise. */
  readonly org: string
  /** The counterparty of every trade. */
  readonly broker: { readonly org: string; readonly longName: string; readonly account: string }
  /** Providers that stream prices, best first. */
  readonly providers: readonly string[]

  constructor(chance: Chance) {
    this.#faker = new Faker({ locale: [en] })
    this.#faker.seed(chance.below(2 ** 31, 'directory'))
    this.org = this.#orgId()
    const org = this.#orgId()
    this.broker = { org, longName: this.#faker.company.name(), account: `${org}LE1` }
    this.providers = Array.from({ length: 5 }, (_, index) => `LP${index + 1}`)
  }

  /** Enrols a user, or enrols the same name and organisation anew with other particulars. */
  enrol({ name, org = this.org, password, mayTrade = true }: Enrolment): User {
    const known = this.find(name, org)
    const secret = password ?? known?.password ?? this.#faker.internet.password({ length: 24 })
    const user: User = { name, org, password: secret, mayTrade }
    this.#users.set(key(name, org), user)
    return user
  }

  find(name: string, org: string): User | undefined {
    return this.#users.get(key(name, org))
  }

  #orgId(): string {
    return `${this.#faker.company
      .name()
      .replace(/[^A-Za-z]/g, '')
      .slice(0, 12)}Org`
  }
}

const key = (name: string, org: string) => JSON.stringify([org, name])
