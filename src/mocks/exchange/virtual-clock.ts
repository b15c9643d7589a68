import type { Clock } from '../../api/clock.ts'
import { Timers } from './timers.ts'

/** Where a virtual clock of ours stands first: a Wednesday, 09:00 in New York. */
export const VIRTUAL_START = Date.UTC(2025, 5, 11, 13)

/**
 * A clock that moves only when told to, or when somebody sleeps on it: a sleep passes the time it
 * asks for at once, so 30 seconds take no time at all.
 *
 * Timers fire in the order they are due, those due together in the order they were set, each at its
 * own time.
 */
export class VirtualClock implements Clock {
  #now: number
  readonly #timers = new Timers()

  /** @param startAt - Epoch milliseconds at which the clock stands first. */
  constructor(startAt: number) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  async sleep(ms: number): Promise<void> {
    this.advance(ms)
  }

  setTimer(ms: number, callback: () => void): () => void {
    return this.#timers.add(this.#now + Math.max(0, ms), callback)
  }

  /**
   * Lets time pass.
   *
   * @param ms - Milliseconds, 0 or more.
   * @throws {RangeError} `ms` is negative or no number: time does not run backwards.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`Failed to pass ${ms} ms: time only moves forward.`)
    const end = this.#now + ms
    for (let next = this.#timers.takeDue(end); next; next = this.#timers.takeDue(end)) {
      this.#now = Math.max(this.#now, next.due)
      next.callback()
    }
    this.#now = Math.max(this.#now, end)
  }
}
