import { seededNumbers } from './seeded-faker.ts'

/** Furthest a walk strays from its start, in points (5 pips). */
export const WALK_BOUND = 50
/** Largest step of one tick, in points. */
const STRIDE = 2
/** Ticks after which a walk begins anew at its start, a day's: to know where it stands costs no more. */
const BLOCK = 86_400

/**
 * A seeded random walk around zero, in points. Where it stands after so many ticks is always the
 * same for a seed; it turns back at its bound, so that a market left alone keeps near its start, and
 * begins anew there every day, so that years can pass at once.
 */
export class Walk {
  readonly #seed: number
  /** Of the block; made for its first tick. */
  #random: ReturnType<typeof seededNumbers>['number'] | undefined
  #block = 0
  /** Within the block. */
  #ticks = 0
  #points = 0

  /** @param seed - Whole number, 0 to 2^32 - 1. */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** Points from the start after `ticks` ticks, which never fall from call to call. */
  at(ticks: number): number {
    const block = Math.floor(ticks / BLOCK)
    if (block !== this.#block) this.#beginBlock(block)
    for (; this.#ticks < ticks % BLOCK; this.#ticks++) {
      this.#random ??= seededNumbers((this.#seed + block) % 2 ** 32).number
      const step = Math.floor(this.#random.float() * (2 * STRIDE + 1)) - STRIDE
      const next = this.#points + step
      this.#points = Math.abs(next) > WALK_BOUND ? this.#points - step : next
    }
    return this.#points
  }

  #beginBlock(block: number): void {
    this.#block = block
    this.#random = undefined
    this.#ticks = 0
    this.#points = 0
  }
}
