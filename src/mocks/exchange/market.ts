import type { Big } from 'big.js'
import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import type { ExchangeObserver } from './observer.ts'
import { type Pair, POINTS_PER_PIP, pairs } from './pairs.ts'
import { type Level, Quotation } from './quotation.ts'
import type { MarketRecord } from './records.ts'

/** Time between two ticks of the walk, in milliseconds. */
export const TICK_MS = 1_000

/**
 * The prices of the simulated market: a seeded walk that can be frozen, moved by pips, or set.
 *
 * Prices depend on the seed, the time passed unfrozen and what was staged; never on who asked.
 */
export class Market {
  readonly #clock: Clock
  readonly #observer: ExchangeObserver
  readonly #quotations: ReadonlyMap<string, Quotation>
  readonly #providers: readonly string[]
  readonly #listeners = new Set<(symbol: string) => void>()
  #unfrozenMs = 0
  #runningSince: number | undefined

  constructor(
    clock: Clock,
    chance: Chance,
    providers: readonly string[],
    observer: ExchangeObserver = {},
  ) {
    this.#observer = observer
    this.#clock = clock
    this.#runningSince = clock.now()
    this.#providers = providers
    this.#quotations = new Map(
      [...pairs.values()].map((pair) => {
        const seed = () => chance.below(2 ** 32, 'walk', pair.symbol)
        return [pair.symbol, new Quotation(pair, seed)]
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
    const quotation = this.#quotations.get(symbol)
    const [provider] = this.#providers
    if (!quotation?.streaming || provider === undefined) return undefined
    return quotation.top(this.#ticks(), provider)
  }

  /** All levels now, best first; empty for an unknown symbol or one that nobody streams. */
  book(symbol: string): readonly Level[] {
    const quotation = this.#quotations.get(symbol)
    return quotation?.streaming ? quotation.book(this.#ticks(), this.#providers) : []
  }

  /** The highest bid and the lowest offer that the walk alone can come to, as things are staged. */
  reach(symbol: string): Pick<Level, 'bid' | 'offer'> | undefined {
    return this.#quotations.get(symbol)?.reach()
  }

  /** Stops the walk; prices stay until moved, set or thawed. */
  freeze(): void {
    this.#unfrozenMs = this.#walkedMs()
    this.#runningSince = undefined
    this.#observer.restChanged?.()
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
    quotation.shift += wanted - quotation.midPoints(this.#ticks())
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

  record(): MarketRecord {
    const staged = [...this.#quotations.values()].filter(({ isStaged }) => isStaged)
    return {
      unfrozenMs: this.#unfrozenMs,
      runningSince: this.#runningSince ?? null,
      pairs: staged.map(({ pair, shift, streaming, topSize }) => ({
        ...{ symbol: pair.symbol, shift, streaming, topSize },
      })),
    }
  }

  /** Takes the market up again as it was staged; tells nobody. */
  resume({ unfrozenMs, runningSince, pairs: staged }: MarketRecord): void {
    this.#unfrozenMs = unfrozenMs
    this.#runningSince = runningSince ?? undefined
    for (const { symbol, ...rest } of staged) Object.assign(this.#known(symbol), rest)
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

  #ticks(): number {
    return Math.floor(this.#walkedMs() / TICK_MS)
  }

  #walkedMs(): number {
    const running = this.#runningSince === undefined ? 0 : this.#clock.now() - this.#runningSince
    return this.#unfrozenMs + running
  }

  #changed(symbols: readonly string[]): void {
    this.#observer.restChanged?.()
    for (const symbol of symbols) for (const listener of this.#listeners) listener(symbol)
  }
}
