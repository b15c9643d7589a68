import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import type { DeskOrder } from './desk-order.ts'
import type { User } from './directory.ts'
import { Fifo } from './fifo.ts'
import type { Limits } from './limits.ts'
import type { ExchangeObserver } from './observer.ts'
import type { Settings } from './settings/settings.ts'

/** What is kept of one organisation's orders. */
interface Book {
  readonly active: Set<DeskOrder>
  readonly byCoId: Map<string, DeskOrder>
}

interface BooksParts {
  readonly clock: Clock
  readonly chance: Chance
  readonly settings: Settings
  readonly limits: Pick<Limits, 'orders'>
  readonly observer: ExchangeObserver
}

/** The orders kept, findable by either id within their organisation. */
export class OrderBooks {
  readonly #clock: Clock
  readonly #retention: Settings['order.retentionMs']
  readonly #listsFinished: boolean
  readonly #most: number
  readonly #observer: ExchangeObserver
  readonly #firstId: number
  readonly #orders = new Map<string, DeskOrder>()
  readonly #books = new Map<string, Book>()
  /** Orders that are final, in the order of finishing. */
  readonly #finished = new Fifo<DeskOrder>()
  #isForgetting = false
  #placed = 0
  #ended = 0

  constructor({ clock, chance, settings, limits, observer }: BooksParts) {
    this.#clock = clock
    this.#retention = settings['order.retentionMs']
    this.#listsFinished = settings['active.includesTerminal']
    this.#most = limits.orders
    this.#observer = observer
    const lowest = 10 ** (settings['id.orderDigits'] - 1)
    this.#firstId = lowest + chance.below(8 * lowest, 'order')
  }

  /** A server id that no order has: digits, as in the samples. Fact sheet 6, row 50. */
  nextId(): string {
    return String(this.#firstId + this.#placed++)
  }

  /** Whether there is no room for one more: all orders kept work. */
  get isFull(): boolean {
    return this.#orders.size >= this.#most && this.#finished.size === 0
  }

  /** Takes an order in, if need be in place of the one that finished longest ago. */
  add(order: DeskOrder): void {
    const oldest = this.#orders.size >= this.#most ? this.#finished.shift() : undefined
    if (oldest) this.#forget(oldest)
    this.#enter(order)
  }

  /** Ids given out so far. */
  get placed(): number {
    return this.#placed
  }

  /**
   * Takes orders up again.
   *
   * @param orders - In the order of placing.
   * @param placed - Ids given out so far.
   */
  resume(orders: readonly DeskOrder[], placed: number): void {
    this.#placed = placed
    for (const order of orders) this.#enter(order)
    const rank = ({ endedAs }: DeskOrder) => endedAs ?? -1
    const finished = orders.filter(({ isFinal }) => isFinal).sort((a, b) => rank(a) - rank(b))
    for (const order of finished) this.#finished.push(order)
    this.#ended = Math.max(-1, ...finished.slice(-1).map(rank)) + 1
    this.#forgetInTime()
  }

  #enter(order: DeskOrder): void {
    const book = this.#book(order.user)
    this.#orders.set(order.orderId, order)
    if (!order.isFinal) book.active.add(order)
    book.byCoId.set(order.coId, order)
  }

  /** Notes that an order is final: it leaves the active list, and in time is forgotten. */
  finish(order: DeskOrder): void {
    this.#book(order.user).active.delete(order)
    order.endedAs = this.#ended++
    this.#finished.push(order)
    this.#forgetInTime()
  }

  any(orderId: string): DeskOrder | undefined {
    return this.#orders.get(orderId)
  }

  find(user: User, orderId: string): DeskOrder | undefined {
    const order = this.#orders.get(orderId)
    return order?.user.org === user.org ? order : undefined
  }

  findByCoId(user: User, coId: string): DeskOrder | undefined {
    return this.#books.get(user.org)?.byCoId.get(coId)
  }

  isUsed(user: User, coId: string, scope: 'active' | 'ever'): boolean {
    const order = this.findByCoId(user, coId)
    return order !== undefined && (scope === 'ever' || !order.isFinal)
  }

  active(user: User): readonly DeskOrder[] {
    return [...(this.#books.get(user.org)?.active ?? [])]
  }

  /** What "all active orders" lists. Fact sheet 6, row 24. */
  listed(user: User): readonly DeskOrder[] {
    if (!this.#listsFinished) return this.active(user)
    return this.all.filter((order) => order.user.org === user.org)
  }

  get all(): readonly DeskOrder[] {
    return [...this.#orders.values()]
  }

  #book({ org }: User): Book {
    const known = this.#books.get(org)
    if (known) return known
    const book: Book = { active: new Set(), byCoId: new Map() }
    this.#books.set(org, book)
    return book
  }

  /** One timer for all: orders are forgotten in the order of finishing. */
  #forgetInTime(): void {
    const { first } = this.#finished
    if (!first || this.#retention === 'unlimited' || this.#isForgetting) return
    this.#isForgetting = true
    const retention = this.#retention
    const isDue = (order: DeskOrder) => order.changedAt + retention <= this.#clock.now()
    this.#clock.setTimer(first.changedAt + retention - this.#clock.now(), () => {
      this.#isForgetting = false
      while (this.#finished.first && isDue(this.#finished.first)) {
        const order = this.#finished.shift()
        if (order) this.#forget(order)
      }
      this.#forgetInTime()
    })
  }

  #forget(order: DeskOrder): void {
    this.#orders.delete(order.orderId)
    const byCoId = this.#books.get(order.user.org)?.byCoId
    if (byCoId?.get(order.coId) === order) byCoId.delete(order.coId)
    this.#observer.orderForgotten?.(order.orderId)
  }
}
