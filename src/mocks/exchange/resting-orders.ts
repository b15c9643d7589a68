import type { Agenda, Appointment } from './agenda.ts'
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
  readonly #agenda: Agenda
  readonly #market: Market
  readonly #bySymbol = new Map<string, Waiting>()
  readonly #meet: (order: DeskOrder) => void
  #nextLook: Appointment | undefined

  /** @param meet - Deals on an order if the market has reached it. */
  constructor(agenda: Agenda, market: Market, meet: (order: DeskOrder) => void) {
    this.#agenda = agenda
    this.#market = market
    this.#meet = meet
    market.onChange((symbol) => this.#changed(symbol))
  }

  add(order: DeskOrder): void {
    order.waits.restsSince ??= this.#agenda.number()
    this.#admit(order)
    this.#tick()
  }

  /** When the orders that the walk can reach are looked at next; absent while there are none. */
  get nextLook(): Appointment | undefined {
    return this.#nextLook
  }

  /**
   * Takes up again the orders that rested.
   *
   * @param nextLook - As it was then; looks missed since are left out.
   * @returns What keeps the appointment for the next look, if there is to be one.
   */
  resume(
    orders: readonly DeskOrder[],
    nextLook: Appointment | undefined,
  ): (Appointment & { readonly keep: () => void }) | undefined {
    const since = ({ waits }: DeskOrder) => waits.restsSince ?? Number.NaN
    const resting = orders.filter(({ waits }) => waits.restsSince !== undefined)
    for (const order of resting.sort((a, b) => since(a) - since(b))) this.#admit(order)
    if (!nextLook) {
      this.#tick()
      return undefined
    }
    const missed = Math.max(0, Math.floor((this.#agenda.now() - nextLook.due) / TICK_MS) + 1)
    const next = { ...nextLook, due: nextLook.due + missed * TICK_MS }
    return { ...next, keep: () => this.#lookAt(next) }
  }

  #admit(order: DeskOrder): void {
    const symbol = order.terms?.pair.symbol
    if (symbol === undefined) return
    const waiting = this.#bySymbol.get(symbol) ?? { all: new Set(), watched: new Set() }
    waiting.all.add(order)
    if (this.#canCome(order)) waiting.watched.add(order)
    this.#bySymbol.set(symbol, waiting)
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
    waiting.watched.clear()
    for (const order of waiting.all) if (this.#canCome(order)) waiting.watched.add(order)
    this.#tick()
  }

  #tick(): void {
    const isWatching = [...this.#bySymbol.values()].some(({ watched }) => watched.size > 0)
    if (this.#nextLook || !isWatching || this.#market.frozen) return
    this.#lookAt(this.#agenda.arrange(this.#agenda.now() + TICK_MS))
  }

  #lookAt(appointment: Appointment): void {
    this.#nextLook = appointment
    this.#agenda.keep(appointment, () => {
      this.#nextLook = undefined
      for (const symbol of this.#market.symbols) this.#look(symbol)
      this.#tick()
    })
  }

  #look(symbol: string): void {
    const { watched } = this.#bySymbol.get(symbol) ?? {}
    if (!watched?.size) return
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
