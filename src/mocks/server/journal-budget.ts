import type { Journal } from './journal.ts'

/** Share of the largest journal that is forgotten at a time, so that making room is rare. */
const SHARE = 0.1

/**
 * How many entries the journals of all organisations keep together. Where there are more, the largest
 * journal forgets its oldest: an organisation that is busy costs no other its evidence.
 */
export class JournalBudget {
  readonly #most: number
  readonly #journals = new Set<Journal>()
  #kept = 0

  /** @param most - Entries kept, from 1. */
  constructor(most: number) {
    this.#most = most
  }

  open(journal: Journal): void {
    this.#journals.add(journal)
  }

  close(journal: Journal): void {
    if (this.#journals.delete(journal)) this.#kept -= journal.size
  }

  /** An entry was added somewhere. */
  added(): void {
    this.#kept++
    if (this.#kept > this.#most) this.#makeRoom()
  }

  #makeRoom(): void {
    let largest: Journal | undefined
    for (const each of this.#journals) if (each.size > (largest?.size ?? 0)) largest = each
    if (!largest) return
    const wanted = Math.max(this.#kept - this.#most, Math.ceil(largest.size * SHARE))
    const count = Math.min(wanted, largest.size)
    largest.forget(count)
    this.#kept -= count
  }
}
