import { seededFaker } from './seeded-faker.ts'

/** Furthest a walk strays from its start, in points (5 pips). */
export const WALK_BOUND = 50
/** Largest step of one tick, in points. */
const STRIDE = 2

/**
 * A seeded random walk around zero, in points. Where it stands after so many ticks is always the
 * same for a seed; it turns back at its bound, so that a market left alone keeps near its start.
 */
export class Walk {
  readonly #random
  #ticks = 0
  #points = 0

  /** @param seed - Whole number, 0 to 2^32 - 1. */
  constructor(seed: number) {
    this.#random = seededFaker(seed).number
  }

  /** Points from the start after `ticks` ticks, which never fall from call to call. */
  at(ticks: number): number {
    for (; this.#ticks < ticks; this.#ticks++) {
      const step = Math.floor(this.#random.float() * (2 * STRIDE + 1)) - STRIDE
      const next = this.#points + step
      this.#points = Math.abs(next) > WALK_BOUND ? this.#points - step : next
    }
    return this.#points
  }
}
