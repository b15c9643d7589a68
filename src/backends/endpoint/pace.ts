import type { Clock } from '../../api/clock.ts'

/** Spaces requests evenly, so that no second has more of them than agreed. */
export class Pace {
  readonly #clock: Clock
  readonly #gapMs: number
  #next = 0

  /** @param perSecond - Most requests in a second, above 0. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#gapMs = 1_000 / perSecond
  }

  /** Resolves when the caller's turn has come. */
  async turn(): Promise<void> {
    const now = this.#clock.now()
    const at = Math.max(now, this.#next)
    this.#next = at + this.#gapMs
    if (at > now) await this.#clock.sleep(at - now)
  }
}
