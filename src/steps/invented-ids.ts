import type { SimpleFaker } from '@faker-js/faker'
import { drawOnce, seededNumbers } from '../mocks/exchange/seeded-faker.ts'

/**
 * Client order ids out of a seed, one after the other. A generator of its own is made for the second one: it
 * takes longer to make than to draw from, and few scenarios place a second order.
 */
export class InventedIds {
  readonly #seed: readonly number[]
  #given = 0
  #later: SimpleFaker | undefined

  constructor(seed: readonly number[]) {
    this.#seed = seed
  }

  next(): string {
    this.#given++
    if (this.#given === 1) return drawOnce(this.#seed, idBy)
    this.#later ??= this.#afterTheFirst()
    return idBy(this.#later)
  }

  #afterTheFirst(): SimpleFaker {
    const numbers = seededNumbers(this.#seed)
    idBy(numbers)
    return numbers
  }
}

function idBy({ string }: Pick<SimpleFaker, 'string'>): string {
  return string.alphanumeric({ length: 16, casing: 'lower' })
}
