import type { Clock } from '../../src/api/clock.ts'

/** A clock that stands still until a test sets it. The client neither sleeps nor sets timers. */
export class ManualClock implements Clock {
  #now: number

  constructor(startAt: number) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  pass(ms: number): void {
    this.#now += ms
  }

  sleep(): Promise<void> {
    throw new Error('The client is not expected to sleep.')
  }

  setTimer(): () => void {
    throw new Error('The client is not expected to set timers.')
  }
}
