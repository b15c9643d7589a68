import type { Clock } from '../../api/clock.ts'
import type { Fetch } from '../../api/fetch.ts'

/** Spaces requests evenly, so that no second has more of them than agreed. */
export class Pace {
  readonly #clock: Clock
  readonly #gapMs: number
  #next = Number.NEGATIVE_INFINITY
  /** Settles when the last turn asked for so far has come. */
  #last: Promise<void> = Promise.resolve()
  #waitedMs = 0

  /** @param perSecond - Most requests in a second, above 0. */
  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock
    this.#gapMs = 1_000 / perSecond
  }

  /** How long all who asked have waited for their turn, in milliseconds, taken together. */
  get waitedMs(): number {
    return this.#waitedMs
  }

  /** Resolves when the caller's turn has come, after all who asked before. */
  async turn(): Promise<void> {
    const askedAt = this.#clock.now()
    this.#last = this.#last.then(() => this.#wait())
    await this.#last
    this.#waitedMs += Math.max(0, this.#clock.now() - askedAt)
  }

  /**
   * Counts from when the turn before really came: a timer that was late must not bring two together. A
   * clock that is put back holds nobody for longer than the gap.
   */
  async #wait(): Promise<void> {
    const restMs = Math.min(this.#gapMs, this.#next - this.#clock.now())
    if (restMs > 0) await this.#clock.sleep(restMs)
    this.#next = this.#clock.now() + this.#gapMs
  }
}

/**
 * A fetch at the agreed pace, whatever is sent: sessions are begun, renewed and replaced by it too.
 *
 * @param check - Called when a request's turn has come, just before it leaves; may throw.
 */
export function pacedFetch(fetch: Fetch, pace: Pace, check: (request: Request) => void): Fetch {
  return async (request) => {
    await pace.turn()
    check(request)
    return fetch(request)
  }
}
