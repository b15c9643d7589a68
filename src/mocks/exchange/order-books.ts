import type { Clock } from '../../api/clock.ts'
import type { Chance } from './chance.ts'
import type { DeskOrder } from './desk-order.ts'
import type { User } from './directory.ts'
import type { Settings } from './settings/settings.ts'

/** What is kept of one organisation's orders. */
interface Book {
  readonly active: Set<DeskOrder>
  readonly byCoId: Map<string, DeskOrder>
}

/** The orders kept, findable by either id within their organisation. */
export class OrderBooks {
  readonly #clock: Clock
  readonly #settings: Settings
  readonly #firstId: number
  readonly #orders = new Map<string, DeskOrder>()
  readonly #books = new Map<string, Book>()
  #placed = 0

  constructor(clock: Clock, chance: Chance, settings: Settings) {
    this.#clock = clock
    this.#settings = settings
    const lowest = 10 ** (settings['id.orderDigits'] - 1)
    this.#firstId = lowest + chance.below(8 * lowest, 'order')
  }

  /** A server id that no order has: digits, as in the samples. Fact sheet 6, row 50. */
  nextId(): string {
    return String(this.#firstId + this.#placed++)
  }

  add(order: DeskOrder): void {
    const book = this.#book(order.user)
    this.#orders.set(order.orderId, order)
    book.active.add(order)
    book.byCoId.set(order.coId, order)
  }

  /** Notes that an order is final: it leaves the active list, and in time is forgotten. */
  finish(order: DeskOrder): void {
    this.#book(order.user).active.delete(order)
    const retention = this.#settings['order.retentionMs']
    if (retention !== 'unlimited') this.#clock.setTimer(retention, () => this.#forget(order))
  }

  any(orderId: string): DeskOrder | undefined {
    return this.#orders.get(orderId)
  }

  find(user: User, orderId: string): DeskOrder | undefined {
    const order = this.#orders.get(orderId)
    return order?.user.org === user.org ? order : undefined
  }

  findByCoId(user: User, coId: string): DeskOrder | undefined {
    return this.#book(user).byCoId.get(coId)
  }

  isUsed(user: User, coId: string, scope: 'active' | 'ever'): boolean {
    const order = this.findByCoId(user, coId)
    return order !== undefined && (scope === 'ever' || !order.isFinal)
  }

  active(user: User): readonly DeskOrder[] {
    return [...this.#book(user).active]
  }

  /** What "all active orders" lists. Fact sheet 6, row 24. */
  listed(user: User): readonly DeskOrder[] {
    if (!this.#settings['active.includesTerminal']) return this.active(user)
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

  #forget(order: DeskOrder): void {
    const book = this.#book(order.user)
    this.#orders.delete(order.orderId)
    if (book.byCoId.get(order.coId) === order) book.byCoId.delete(order.coId)
  }
}
