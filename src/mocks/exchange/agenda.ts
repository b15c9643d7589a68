import type { Clock } from '../../api/clock.ts'

/** When something is due, in epoch milliseconds, and its place among what is due together. */
export interface Appointment {
  readonly due: number
  readonly order: number
}

/**
 * What time is to bring. Everything is numbered in the order it was arranged, so that after a restore
 * things come in the same order, those too that are due together.
 */
export class Agenda {
  readonly #clock: Clock
  #numbers = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now(): number {
    return this.#clock.now()
  }

  /** Numbers given so far. */
  get numbers(): number {
    return this.#numbers
  }

  /** A number higher than all before. */
  number(): number {
    return this.#numbers++
  }

  arrange(due: number): Appointment {
    return { due, order: this.number() }
  }

  /** Calls back when an appointment is due. @returns Cancels it. */
  keep({ due }: Appointment, callback: () => void): () => void {
    return this.#clock.setTimer(Math.max(0, due - this.now()), callback)
  }

  /** Goes on as if so many numbers had been given. */
  resume(numbers: number): void {
    this.#numbers = numbers
  }
}
