import type { Clock } from '../../api/clock.ts'
import type { DeskOrder } from './desk-order.ts'
import { type Market, TICK_MS } from './market.ts'
import { isWithinLimit, marketPrice } from './matching.ts'

/** The waiting orders of one symbol; those that the walk alone can come to need watching. */
interface Waiting {
  readonly all: Set<DeskOrder>
  readonly watched: Set<DeskOrder>
}

/**
 * Limit orders that wait for the market to come to them. Looks at them whenever the market was
 * moved, and at every tick of its walk at those which the walk can reach: it is bounded, so an order
 * far away costs nothing until somebody moves the market.
 */
export class RestingOrders {
  readonly #clock: Clock
  readonly #market: Market
  readonly #bySymbol = new Map<string, Waiting>()
  readonly #meet: (order: DeskOrder) => void
  #ticking = false

  /** @param meet - Deals on an order if the market has reached it. */
  constructor(clock: Clock, market: Market, meet: (order: DeskOrder) => void) {
    this.#clock = clock
    this.#market = market
    this.#meet = meet
    market.onChange((symbol) => this.#changed(symbol))
  }

  add(order: DeskOrder): void {
    const symbol = order.terms?.pair.symbol
    if (symbol === undefined) return
    const waiting = this.#bySymbol.get(symbol) ?? { all: new Set(), watched: new Set() }
    waiting.all.add(order)
    if (this.#canCome(order)) waiting.watched.add(order)
    this.#bySymbol.set(symbol, waiting)
    this.#tick()
  }

  remove(order: DeskOrder): void {
    const waiting = this.#bySymbol.get(String(order.echo.symbol))
    waiting?.all.delete(order)
    waiting?.watched.delete(order)
  }

  /** The market was staged: everybody may have been reached, and the walk reaches others now. */
  #changed(symbol: string): void {
    const waiting = this.#bySymbol.get(symbol)
    if (!waiting) return
    for (const order of [...waiting.all]) this.#meet(order)
    for (const order of waiting.all) {
      if (this.#canCome(order)) waiting.watched.add(order)
      else waiting.watched.delete(order)
    }
    this.#tick()
  }

  #tick(): void {
    const isWatching = [...this.#bySymbol.values()].some(({ watched }) => watched.size > 0)
    if (this.#ticking || !isWatching || this.#market.frozen) return
    this.#ticking = true
    this.#clock.setTimer(TICK_MS, () => {
      this.#ticking = false
      for (const [symbol, { watched }] of this.#bySymbol) this.#look(symbol, watched)
      this.#tick()
    })
  }

  #look(symbol: string, watched: ReadonlySet<DeskOrder>): void {
    if (watched.size === 0) return
    const top = this.#market.top(symbol)
    if (!top) return
    for (const order of [...watched]) {
      if (order.terms && isWithinLimit(order.terms, marketPrice(order.terms, top)))
        this.#meet(order)
    }
  }

  /** Whether the walk alone can bring the market to the order. */
  #canCome({ terms }: DeskOrder): boolean {
    if (!terms) return false
    const reach = this.#market.reach(terms.pair.symbol)
    return reach !== undefined && isWithinLimit(terms, marketPrice(terms, reach))
  }
}
