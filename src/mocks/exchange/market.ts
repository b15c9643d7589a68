import { Big } from 'big.js'
import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import { type Pair, POINTS_PER_PIP, pairs } from './pairs.ts'
import { WALK_BOUND, Walk } from './walk.ts'

/** One level of the book: prices in term per base, limits in base. */
export interface Level {
  readonly bid: Big
  readonly offer: Big
  readonly bidLimit: Big
  readonly offerLimit: Big
  readonly provider: string
}

/** Time between two ticks of the walk, in milliseconds. */
export const TICK_MS = 1_000
/** Providers behind the book, and so its depth. */
const DEPTH = 3

interface Quotation {
  readonly pair: Pair
  readonly walk: Walk
  /** How far the market was moved by hand, in points. */
  shift: number
  streaming: boolean
  /** Amount of base at the top, where it was set by hand. */
  topSize: number
}

/**
 * The prices of the simulated market: a seeded walk that can be frozen, moved by pips, or set.
 *
 * Prices depend on the seed, the time passed unfrozen and what was staged; never on who asked.
 */
export class Market {
  readonly #clock: Clock
  readonly #quotations: ReadonlyMap<string, Quotation>
  readonly #providers: readonly string[]
  readonly #listeners = new Set<(symbol: string) => void>()
  #unfrozenMs = 0
  #runningSince: number | undefined

  constructor(clock: Clock, chance: Chance, providers: readonly string[]) {
    this.#clock = clock
    this.#runningSince = clock.now()
    this.#providers = providers
    this.#quotations = new Map(
      [...pairs.values()].map((pair) => {
        const walk = new Walk(chance.below(2 ** 32, 'walk', pair.symbol))
        return [pair.symbol, { pair, walk, shift: 0, streaming: true, topSize: pair.topSize }]
      }),
    )
  }

  get symbols(): readonly string[] {
    return [...this.#quotations.keys()]
  }

  get frozen(): boolean {
    return this.#runningSince === undefined
  }

  pair(symbol: string): Pair | undefined {
    return this.#quotations.get(symbol)?.pair
  }

  /** Best bid and offer now, or `undefined` for an unknown symbol or one that nobody streams. */
  top(symbol: string): Level | undefined {
    return this.book(symbol)[0]
  }

  /** All levels now, best first; empty for an unknown symbol or one that nobody streams. */
  book(symbol: string): readonly Level[] {
    const quotation = this.#quotations.get(symbol)
    if (!quotation?.streaming) return []
    const { pair, topSize } = quotation
    const bidPoints = this.#midPoints(quotation) - Math.floor(pair.spreadPoints / 2)
    const price = (points: number) => new Big(points).div(10 ** pair.decimals)
    return this.#providers.slice(0, DEPTH).map((provider, depth) => ({
      bid: price(bidPoints - depth * pair.spreadPoints),
      offer: price(bidPoints + pair.spreadPoints + depth * pair.spreadPoints),
      bidLimit: new Big(topSize * (depth + 1)),
      offerLimit: new Big(topSize * (depth + 1)),
      provider,
    }))
  }

  /** The highest bid and the lowest offer that the walk alone can come to, as things are staged. */
  reach(symbol: string): Pick<Level, 'bid' | 'offer'> | undefined {
    const quotation = this.#quotations.get(symbol)
    if (!quotation) return undefined
    const { pair, shift } = quotation
    const bidAt = (walked: number) =>
      lowestMid(pair, pair.midPoints + shift + walked) - Math.floor(pair.spreadPoints / 2)
    return {
      bid: new Big(bidAt(WALK_BOUND)).div(10 ** pair.decimals),
      offer: new Big(bidAt(-WALK_BOUND) + pair.spreadPoints).div(10 ** pair.decimals),
    }
  }

  /** Stops the walk; prices stay until moved, set or thawed. */
  freeze(): void {
    this.#unfrozenMs = this.#walkedMs()
    this.#runningSince = undefined
  }

  /** Lets the walk go on from where it was frozen. */
  thaw(): void {
    this.#runningSince ??= this.#clock.now()
    this.#changed(this.symbols)
  }

  /** Moves one symbol, or all, by `pips` (down when negative). */
  move(pips: number, symbol?: string): void {
    const moved = symbol === undefined ? this.symbols : [symbol]
    for (const each of moved) this.#known(each).shift += Math.round(pips * POINTS_PER_PIP)
    this.#changed(moved)
  }

  /** Sets the mid of a symbol, rounded to a point, and so bid and offer around it. */
  set(symbol: string, mid: Big): void {
    const quotation = this.#known(symbol)
    const wanted = Number(
      mid
        .times(10 ** quotation.pair.decimals)
        .round()
        .toString(),
    )
    quotation.shift += wanted - this.#midPoints(quotation)
    this.#changed([symbol])
  }

  /** Sets the amount of base, above 0, that stands at the top of the book. */
  offerSize(symbol: string, amount: number): void {
    this.#known(symbol).topSize = amount
    this.#changed([symbol])
  }

  /** Ends the stream of prices for one symbol, or all. */
  withdraw(symbol?: string): void {
    this.#stream(false, symbol)
  }

  /** Takes the stream of prices up again. */
  restore(symbol?: string): void {
    this.#stream(true, symbol)
  }

  /** Whether any provider streams the symbol. */
  streams(symbol: string): boolean {
    return this.#quotations.get(symbol)?.streaming === true
  }

  /** Calls `listener` with each symbol that was moved, set, thawed or restored. */
  onChange(listener: (symbol: string) => void): void {
    this.#listeners.add(listener)
  }

  #stream(streaming: boolean, symbol?: string): void {
    const touched = symbol === undefined ? this.symbols : [symbol]
    for (const each of touched) this.#known(each).streaming = streaming
    this.#changed(touched)
  }

  #known(symbol: string): Quotation {
    const quotation = this.#quotations.get(symbol)
    if (quotation) return quotation
    throw new RangeError(
      `Failed to stage ${symbol}: unknown symbol. Use one of ${this.symbols.join(', ')}.`,
    )
  }

  #midPoints({ pair, walk, shift }: Quotation): number {
    const walked = walk.at(Math.floor(this.#walkedMs() / TICK_MS))
    return lowestMid(pair, pair.midPoints + shift + walked)
  }

  #walkedMs(): number {
    const running = this.#runningSince === undefined ? 0 : this.#clock.now() - this.#runningSince
    return this.#unfrozenMs + running
  }

  #changed(symbols: readonly string[]): void {
    for (const symbol of symbols) for (const listener of this.#listeners) listener(symbol)
  }
}

/** A mid in points, kept above what would make the last bid of the book zero. */
function lowestMid({ spreadPoints }: Pair, points: number): number {
  return Math.max(points, spreadPoints * DEPTH + 1)
}
