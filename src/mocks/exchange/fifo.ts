/** Taken from the front so often before the space is given back. */
const MOST_EMPTY = 1_024

/**
 * First in, first out, in a time that does not depend on the length. A Set would take longer and longer
 * to find its first after many were deleted from its front.
 */
export class Fifo<T> {
  #items: (T | undefined)[] = []
  #front = 0

  get size(): number {
    return this.#items.length - this.#front
  }

  get first(): T | undefined {
    return this.#items[this.#front]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    const { first } = this
    if (this.size === 0) return undefined
    this.#items[this.#front++] = undefined
    if (this.#front >= MOST_EMPTY && this.#front * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#front)
      this.#front = 0
    }
    return first
  }

  /** Keeps only what passes. */
  filter(passes: (item: T) => boolean): void {
    this.#items = this.toArray().filter(passes)
    this.#front = 0
  }

  toArray(): T[] {
    return this.#items.slice(this.#front) as T[]
  }
}
