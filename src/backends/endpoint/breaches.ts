import type { Allowance, WaitKind } from '../patience.ts'

/**
 * Counts the deadlines that were missed. After some of one kind the rest would only be waited for in
 * vain: later waits of that kind are cut short, so that a run ends in time.
 */
export class Breaches {
  readonly #most: number
  readonly #thenMs: number
  readonly #counts = new Map<WaitKind, number>()

  /**
   * @param most - Breaches of a kind after which its waits are cut short, 1 or more.
   * @param thenMs - How long such a wait may take then, in milliseconds.
   */
  constructor(most: number, thenMs: number) {
    this.#most = most
    this.#thenMs = thenMs
  }

  allow(kind: WaitKind, withinMs: number): Allowance {
    const isCut = (this.#counts.get(kind) ?? 0) >= this.#most && withinMs > this.#thenMs
    return { withinMs: isCut ? this.#thenMs : withinMs, isFull: !isCut }
  }

  note(kind: WaitKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1)
  }

  get counts(): ReadonlyMap<WaitKind, number> {
    return this.#counts
  }
}
