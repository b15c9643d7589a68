import type { Faker } from '@faker-js/faker'
import { drawOnce, seededFaker } from './seeded-faker.ts'

/** The counterparty of every trade. */
export interface Broker {
  readonly org: string
  readonly longName: string
  readonly account: string
}

/**
 * Names and passwords out of a seed: first two organisations and the broker's long name, then one
 * password after the other. Nothing is invented before it is asked for: most exchanges of a server are told
 * who their users are. A faker of its own (0.2 ms, 30 kB) is made for the second password: few have one.
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
    if (this.#given === 1) return drawOnce(this.#seed(), (faker) => this.#passwordAfterNames(faker))
    this.#passwords ??= this.#afterThoseGiven()
    return passwordBy(this.#passwords)
  }

  /** Goes on as if `given` passwords had been given. */
  skipTo(given: number): void {
    this.#passwords = undefined
    this.#given = given
  }

  #invented() {
    this.#names ??= drawOnce(this.#seed(), namesBy)
    return this.#names
  }

  #passwordAfterNames(faker: Faker): string {
    this.#names = namesBy(faker)
    return passwordBy(faker)
  }

  #afterThoseGiven(): Faker {
    const faker = seededFaker(this.#seed())
    this.#passwordAfterNames(faker)
    for (let each = 2; each < this.#given; each++) passwordBy(faker)
    return faker
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
