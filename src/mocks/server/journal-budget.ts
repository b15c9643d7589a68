import { BLOCK_BYTES, Blocks } from './blocks.ts'
import type { Journal } from './journal.ts'

/** How many entries there are, and what they take in bytes. */
export interface JournalSize {
  readonly entries: number
  readonly weight: number
}

/** Share of the largest journal that is forgotten at a time, so that making room is rare. */
const SHARE = 0.1

/**
 * How much the journals of all organisations keep together. Where it is more, the largest journal forgets
 * its oldest entries: an organisation that is busy costs no other its evidence.
 */
export class JournalBudget {
  /** What the journals keep their entries in. As much of it as is forgotten at a time is kept for the next. */
  readonly blocks: Blocks
  readonly #most: JournalSize
  readonly #journals = new Set<Journal>()
  #entries = 0
  #weight = 0

  /** @param most - What is kept, from 1. */
  constructor(most: JournalSize) {
    this.#most = most
    this.blocks = new Blocks(Math.ceil((most.weight * SHARE) / BLOCK_BYTES))
  }

  open(journal: Journal): void {
    this.#journals.add(journal)
  }

  close(journal: Journal): void {
    if (!this.#journals.delete(journal)) return
    this.#entries -= journal.size
    this.#weight -= journal.weight
  }

  /** An entry was added somewhere. */
  added(): void {
    this.#entries++
    if (this.#entries > this.#most.entries) {
      this.#makeRoom({ entries: this.#entries - this.#most.entries, weight: 0 })
    }
  }

  /** An entry takes so much from now on. */
  grew(weight: number): void {
    this.#weight += weight
    while (this.#weight > this.#most.weight) {
      if (!this.#makeRoom({ entries: 1, weight: this.#weight - this.#most.weight })) return
    }
  }

  /** @returns Whether there was anything to forget. */
  #makeRoom(wanted: JournalSize): boolean {
    const sizeOf = ({ size, weight }: Journal) => (wanted.weight > 0 ? weight : size)
    let largest: Journal | undefined
    for (const each of this.#journals)
      if (sizeOf(each) > (largest ? sizeOf(largest) : 0)) largest = each
    if (!largest) return false
    const share = sizeOf(largest) * SHARE
    const { entries, weight } = largest.forget(
      wanted.weight > 0
        ? { entries: 1, weight: Math.max(wanted.weight, share) }
        : { entries: Math.max(wanted.entries, Math.ceil(share)), weight: 0 },
    )
    this.#entries -= entries
    this.#weight -= weight
    return entries > 0
  }
}
