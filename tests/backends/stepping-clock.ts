import type { Clock } from '../../src/api/clock.ts'
import type { Fetch } from '../../src/api/fetch.ts'

interface Timer {
  readonly due: number
  readonly order: number
  readonly callback: () => void
}

/** Rounds of the event loop after which nothing that is under way can be without a timer. */
const QUIET_ROUNDS = 6

/**
 * A clock that stands still while anything goes on, and steps from timer to timer while work waits for
 * nothing else. Unlike the virtual clock's, a sleep lets others run: what happens together stays so.
 */
export class SteppingClock implements Clock {
  #now: number
  #timers: Timer[] = []
  #order = 0
  #busy = 0

  constructor(startAt: number) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  /** Puts the clock somewhere else, as a machine does that corrects its time. */
  set(now: number): void {
    this.#now = now
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.setTimer(ms, resolve)
    })
  }

  setTimer(ms: number, callback: () => void): () => void {
    // Epoch milliseconds are whole.
    const timer = { due: Math.ceil(this.#now + Math.max(0, ms)), order: this.#order++, callback }
    this.#timers.push(timer)
    this.#timers.sort((one, other) => one.due - other.due || one.order - other.order)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.length
  }

  /** A fetch during which time stands still. */
  watched(fetch: Fetch): Fetch {
    return async (request) => {
      this.#busy += 1
      try {
        return await fetch(request)
      } finally {
        this.#busy -= 1
      }
    }
  }

  /** Lets whatever can happen without time happen. */
  async settle(): Promise<void> {
    do {
      for (let round = 0; round < QUIET_ROUNDS; round++) {
        await new Promise((done) => setImmediate(done))
      }
    } while (this.#busy > 0)
  }

  /**
   * Lets time pass until `work` has come to its end.
   *
   * @throws {Error} It waits for what will never happen: nothing is under way, and no timer is set.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const over = () => {
      isOver = true
    }
    work.then(over, over)
    for (await this.settle(); !isOver; await this.settle()) {
      if (!this.#step()) throw new Error('This would wait for ever: no timer is set.')
    }
    return work
  }

  /** Lets `ms` pass, with whatever is due in it. */
  async pass(ms: number): Promise<void> {
    await this.run(this.sleep(ms))
  }

  #step(): boolean {
    const next = this.#timers.shift()
    if (!next) return false
    this.#now = Math.max(this.#now, next.due)
    next.callback()
    return true
  }
}
