import type { Clock } from '../../api/clock.ts'
import { VirtualClock } from '../../mocks/exchange/virtual-clock.ts'

/** The time of the server's clock and of its mirror differ: somebody else has moved it. */
class MovedClockError extends Error {
  override readonly name = 'MovedClockError'
}

/**
 * A mirror of a virtual clock elsewhere, so that what asks for the time need not wait for it. Only
 * whoever has the mirror moves that clock, and through it: both move by the same steps.
 */
export class MirrorClock implements Clock {
  readonly #local: VirtualClock
  readonly #advanceThere: (ms: number) => Promise<number>
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param startAt - Epoch milliseconds at which both stand first.
   * @param advanceThere - Lets milliseconds pass there; resolves to the time there afterwards.
   */
  constructor(startAt: number, advanceThere: (ms: number) => Promise<number>) {
    this.#local = new VirtualClock(startAt)
    this.#advanceThere = advanceThere
  }

  now(): number {
    return this.#local.now()
  }

  setTimer(ms: number, callback: () => void): () => void {
    return this.#local.setTimer(ms, callback)
  }

  sleep(ms: number): Promise<void> {
    return this.advance(ms)
  }

  /**
   * Lets time pass there, and then here; one step after the other, whoever asks.
   *
   * @throws {MovedClockError} The time there is another one than here afterwards.
   */
  advance(ms: number): Promise<void> {
    const step = this.#last.then(async () => {
      const there = await this.#advanceThere(ms)
      this.#local.advance(ms)
      if (there !== this.now())
        throw new MovedClockError(
          `Failed to pass ${ms} ms: it is ${isoOf(there)} on the server and ${isoOf(this.now())} here, so somebody else moved its clock; run it for this scenario alone.`,
        )
    })
    this.#last = step.catch(() => {})
    return step
  }

  /** Moves on to the time there, which a delayed answer may have taken it to. */
  follow(there: number): void {
    this.#local.advance(Math.max(0, there - this.now()))
  }
}

function isoOf(time: number): string {
  return new Date(time).toISOString()
}
