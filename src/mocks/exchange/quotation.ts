import { Big } from 'big.js'
import type { Pair } from './pairs.ts'
import { WALK_BOUND, Walk } from './walk.ts'

/** One level of the book: prices in term per base, limits in base. */
export interface Level {
  readonly bid: Big
  readonly offer: Big
  readonly bidLimit: Big
  readonly offerLimit: Big
  readonly provider: string
}

/** Providers behind the book, and so its depth. */
const DEPTH = 3

/** The price of one pair: where its walk stands, and what was staged of it. */
export class Quotation {
  readonly pair: Pair
  /** How far the market was moved by hand, in points. */
  shift = 0
  streaming = true
  /** Amount of base at the top, where it was set by hand. */
  topSize: number
  readonly #seed: () => number
  /** Made when first asked for a price: an exchange starts at once, and few pairs are ever traded. */
  #walk: Walk | undefined
  /** The top as last made: many ask within one tick. */
  #top: { readonly bidPoints: number; readonly topSize: number; readonly level: Level } | undefined

  /** @param seed - Of the walk: whole number, 0 to 2^32 - 1. */
  constructor(pair: Pair, seed: () => number) {
    this.pair = pair
    this.topSize = pair.topSize
    this.#seed = seed
  }

  /** Whether anything of it is not as it was at the beginning. */
  get isStaged(): boolean {
    return this.shift !== 0 || !this.streaming || this.topSize !== this.pair.topSize
  }

  /** The mid after so many ticks, in points. */
  midPoints(ticks: number): number {
    this.#walk ??= new Walk(this.#seed())
    return this.#lowestMid(this.pair.midPoints + this.shift + this.#walk.at(ticks))
  }

  /** The best level after so many ticks, whoever streams. */
  top(ticks: number, provider: string): Level {
    const bidPoints = this.#bidPoints(this.midPoints(ticks))
    const { topSize } = this
    if (this.#top?.bidPoints === bidPoints && this.#top.topSize === topSize) return this.#top.level
    const level = this.#level(bidPoints, provider, 0)
    this.#top = { bidPoints, topSize, level }
    return level
  }

  /** All levels after so many ticks, best first. */
  book(ticks: number, providers: readonly string[]): readonly Level[] {
    const bidPoints = this.#bidPoints(this.midPoints(ticks))
    return providers
      .slice(0, DEPTH)
      .map((provider, depth) => this.#level(bidPoints, provider, depth))
  }

  /** The highest bid and the lowest offer that the walk alone can come to, as things are staged. */
  reach(): Pick<Level, 'bid' | 'offer'> {
    const bidAt = (walked: number) =>
      this.#bidPoints(this.#lowestMid(this.pair.midPoints + this.shift + walked))
    return {
      bid: this.#price(bidAt(WALK_BOUND)),
      offer: this.#price(bidAt(-WALK_BOUND) + this.pair.spreadPoints),
    }
  }

  #level(bidPoints: number, provider: string, depth: number): Level {
    const { spreadPoints } = this.pair
    return {
      bid: this.#price(bidPoints - depth * spreadPoints),
      offer: this.#price(bidPoints + spreadPoints + depth * spreadPoints),
      bidLimit: new Big(this.topSize * (depth + 1)),
      offerLimit: new Big(this.topSize * (depth + 1)),
      provider,
    }
  }

  #price(points: number): Big {
    return new Big(points).div(10 ** this.pair.decimals)
  }

  #bidPoints(midPoints: number): number {
    return midPoints - Math.floor(this.pair.spreadPoints / 2)
  }

  /** Kept above what would make the last bid of the book zero. */
  #lowestMid(points: number): number {
    return Math.max(points, this.pair.spreadPoints * DEPTH + 1)
  }
}
