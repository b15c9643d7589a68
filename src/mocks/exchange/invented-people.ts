import type { Faker } from '@faker-js/faker'
import { seededFaker } from './seeded-faker.ts'

/** The counterparty of every trade. */
export interface Broker {
  readonly org: string
  readonly longName: string
  readonly account: string
}

/**
 * Names and passwords out of a seed: first two organisations and the broker's long name, then one
 * password after the other. Nothing is invented, and no faker made (0.2 ms, 30 kB), before it is asked
 * for: most exchanges of a server are told who their users are.
 */
export class InventedPeople {
  readonly #seed: () => number
  #names: { readonly org: string; readonly broker: Broker } | undefined
  #passwords: Faker | undefined
  #given = 0

  /** @param seed - Whole number, 0 to 2^31 - 1. */
  constructor(seed: () => number) {
    this.#seed = seed
  }

  get org(): string {
    return this.#invented().org
  }

  get broker(): Broker {
    return this.#invented().broker
  }

  /** Passwords given so far. */
  get given(): number {
    return this.#given
  }

  password(): string {
    this.#given++
    this.#passwords ??= this.#afterNames()
    return passwordBy(this.#passwords)
  }

  /** Goes on as if `given` passwords had been given. */
  skipTo(given: number): void {
    this.#passwords = undefined
    this.#given = given
  }

  #invented() {
    this.#names ??= namesBy(this.#faker())
    return this.#names
  }

  #afterNames(): Faker {
    const faker = this.#faker()
    this.#names = namesBy(faker)
    for (let each = 1; each < this.#given; each++) passwordBy(faker)
    return faker
  }

  #faker(): Faker {
    return seededFaker(this.#seed())
  }
}

const passwordBy = (faker: Faker) => faker.internet.password({ length: 24 })

function namesBy(faker: Faker) {
  const org = orgBy(faker)
  const brokerOrg = orgBy(faker)
  const longName = faker.company.name()
  return { org, broker: { org: brokerOrg, longName, account: `${brokerOrg}LE1` } }
}

function orgBy(faker: Faker): string {
  const letters = faker.company.name().replace(/[^A-Za-z]/g, '')
  return `${letters.slice(0, 12)}Org`
}
