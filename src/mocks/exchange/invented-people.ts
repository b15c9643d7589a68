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
 * who their users are. The first password comes with the names, since it takes longer to draw these again; a
 * faker of its own (0.2 ms, 30 kB) is made for the second one: few have it.
 */
export class InventedPeople {
  readonly #seed: () => number
  #first: ReturnType<typeof firstBy> | undefined
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
    if (this.#given === 1) return this.#invented().password
    this.#passwords ??= this.#afterThoseGiven()
    return passwordBy(this.#passwords)
  }

  /** Goes on as if `given` passwords had been given. */
  skipTo(given: number): void {
    this.#passwords = undefined
    this.#given = given
  }

  #invented() {
    this.#first ??= drawOnce(this.#seed(), firstBy)
    return this.#first
  }

  #afterThoseGiven(): Faker {
    const faker = seededFaker(this.#seed())
    firstBy(faker)
    for (let each = 2; each < this.#given; each++) passwordBy(faker)
    return faker
  }
}

const passwordBy = (faker: Faker) => faker.internet.password({ length: 24 })

function firstBy(faker: Faker) {
  const org = orgBy(faker)
  const brokerOrg = orgBy(faker)
  const longName = faker.company.name()
  const broker: Broker = { org: brokerOrg, longName, account: `${brokerOrg}LE1` }
  return { org, broker, password: passwordBy(faker) }
}

function orgBy(faker: Faker): string {
  const letters = faker.company.name().replace(/[^A-Za-z]/g, '')
  return `${letters.slice(0, 12)}Org`
}
