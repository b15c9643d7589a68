import type { Clock } from '../../api/clock.ts'
import type { DeskOrder } from './desk-order.ts'
import { type Market, TICK_MS } from './market.ts'

/**
 * Limit orders that wait for the market to come to them. Looks at them whenever the market was
 * moved, and at every tick of its walk while any order waits.
 */
export class RestingOrders {
  readonly #clock: Clock
  readonly #bySymbol = new Map<string, Set<DeskOrder>>()
  readonly #meet: (order: DeskOrder) => void
  #ticking = false

  /** @param meet - Deals on an order if the market has reached it. */
  constructor(clock: Clock, market: Market, meet: (order: DeskOrder) => void) {
    this.#clock = clock
    this.#meet = meet
    market.onChange((symbol) => this.#look(symbol))
  }

  add(order: DeskOrder): void {
    const symbol = order.terms?.pair.symbol
    if (symbol === undefined) return
    const resting = this.#bySymbol.get(symbol) ?? new Set()
    this.#bySymbol.set(symbol, resting.add(order))
    this.#tick()
  }

  remove(order: DeskOrder): void {
    const symbol = order.terms?.pair.symbol ?? ''
    const resting = this.#bySymbol.get(symbol)
    resting?.delete(order)
    if (resting?.size === 0) this.#bySymbol.delete(symbol)
  }

  #look(symbol: string): void {
    for (const order of [...(this.#bySymbol.get(symbol) ?? [])]) this.#meet(order)
  }

  #tick(): void {
    if (this.#ticking || this.#bySymbol.size === 0) return
    this.#ticking = true
    this.#clock.setTimer(TICK_MS, () => {
      this.#ticking = false
      for (const symbol of [...this.#bySymbol.keys()]) this.#look(symbol)
      this.#tick()
    })
  }
}
