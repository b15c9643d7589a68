import type { Clock } from '../../api/clock.ts'
import type { VirtualClock } from '../exchange/virtual-clock.ts'

/**
 * The clock of a test: it stands still until somebody sleeps on it, which passes the time asked for at
 * once, or advances it.
 */
export interface StagedClock extends Clock {
  /** Lets `ms` milliseconds (0 or more) pass, and everything happen that is due by then. */
  advance(ms: number): void
}

/** The virtual clock that is current whenever it is asked. */
export function lateClock(current: () => VirtualClock): StagedClock {
  return {
    now: () => current().now(),
    sleep: (ms) => current().sleep(ms),
    setTimer: (ms, callback) => current().setTimer(ms, callback),
    advance: (ms) => current().advance(ms),
  }
}

/** Somebody else's clock, on which the timers set through here can all be cancelled at once. */
export class BorrowedClock implements Clock {
  readonly #lender: Clock
  readonly #timers = new Set<{ cancel: () => void }>()

  constructor(lender: Clock) {
    this.#lender = lender
  }

  now(): number {
    return this.#lender.now()
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.#lender.sleep(ms, signal)
  }

  setTimer(ms: number, callback: () => void): () => void {
    const timer = { cancel: () => {} }
    this.#timers.add(timer)
    timer.cancel = this.#lender.setTimer(ms, () => {
      this.#timers.delete(timer)
      callback()
    })
    return () => {
      this.#timers.delete(timer)
      timer.cancel()
    }
  }

  cancelAll(): void {
    for (const { cancel } of this.#timers) cancel()
    this.#timers.clear()
  }
}
