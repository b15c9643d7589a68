import { hash } from 'node:crypto'

/**
 * Chance that depends on nothing but a seed and a key: the same key gives the same value whatever
 * was asked before, in whatever order, on whatever machine.
 */
export class Chance {
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
  }

  /** A number from 0 (included) to 1 (excluded). */
  fraction(...key: readonly (string | number)[]): number {
    return Number.parseInt(this.hex(12, ...key), 16) / 2 ** 48
  }

  /** A whole number from 0 (included) to `below` (excluded). */
  below(below: number, ...key: readonly (string | number)[]): number {
    return Math.floor(this.fraction(...key) * below)
  }

  /** Lower-case hexadecimal digits, at most 64. */
  hex(digits: number, ...key: readonly (string | number)[]): string {
    return hash('sha256', this.#text(key)).slice(0, digits)
  }

  /** URL-safe base64 characters, at most 86. */
  token(characters: number, ...key: readonly (string | number)[]): string {
    const halves = ['a', 'b'].map((half) => hash('sha256', this.#text([...key, half]), 'buffer'))
    return Buffer.concat(halves).toString('base64url').slice(0, characters)
  }

  #text(key: readonly (string | number)[]): string {
    return JSON.stringify([this.#seed, ...key])
  }
}
