import { canonicalStatus } from '../../api/contract/canonical-status.ts'
import { type ClientEvent, isSuccess, objectsOf } from './client-event.ts'

const FINAL: readonly string[] = ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED']

/** What a client was told of an order, once. */
export interface ToldView {
  /** In the documented spelling. */
  readonly status: string
  readonly size?: number | undefined
  readonly cumQty?: number | undefined
  readonly leavesQty?: number | undefined
  readonly averagePrice?: number | undefined
  readonly reason?: string | undefined
}

/** One order as its client knows it: what it sent, and what it was told since. */
export class ToldOrder {
  /** The body of the first placing; empty where it was no JSON object. */
  readonly sent: Readonly<Record<string, unknown>>
  /** Every placing under its client id. */
  readonly placings: ClientEvent[] = []
  /** Every query by its client id. */
  readonly lookups: ClientEvent[] = []
  /** The last call that asked for it to be cancelled. */
  cancellation: ClientEvent | undefined
  #orderId: string | undefined
  #statuses: string[] = []
  #view: ToldView | undefined
  /** Whether the view was told since something was staged last. */
  #isFresh = false

  constructor(first: ClientEvent) {
    const { body } = first.request
    this.sent = typeof body === 'object' && body !== null ? { ...body } : {}
  }

  /** The server id; `undefined` while the client was told none. */
  get orderId(): string | undefined {
    return this.#orderId
  }

  get coId(): unknown {
    return this.sent.coId
  }

  /** The last view; `undefined` while the client was told nothing of it. */
  get view(): ToldView | undefined {
    return this.#view
  }

  /** The statuses told, each once in a row, the placing's first. */
  get statuses(): readonly string[] {
    return this.#statuses
  }

  get isFinal(): boolean {
    return FINAL.includes(this.#view?.status ?? '')
  }

  /** The last status, where it still says something: told since something was staged last, or final. */
  get status(): string | undefined {
    return this.#isFresh || this.isFinal ? this.#view?.status : undefined
  }

  /** Whether the last placing was refused: then there is nothing to be told. */
  get isRefused(): boolean {
    const last = this.placings.at(-1)
    return this.#view === undefined && last !== undefined && isRefusal(last)
  }

  /** Something is staged: what was told before says nothing about what comes of it. */
  stale(): void {
    this.#isFresh = false
  }

  place(event: ClientEvent): void {
    this.placings.push(event)
    const [view] = objectsOf(event)
    if (view && isSuccess(event)) this.see(view)
  }

  /** Notes what the client was told. */
  see(told: Readonly<Record<string, unknown>>): void {
    if (told.orderId !== undefined) this.#orderId ??= String(told.orderId)
    const view = viewOf(told)
    this.#view = view
    this.#isFresh = true
    if (this.#statuses.at(-1) !== view.status) this.#statuses.push(view.status)
  }

  /** Whether an id, of whichever kind, is this order's. */
  isCalled(id: unknown): boolean {
    return id !== undefined && id !== '' && (id === this.coId || id === this.#orderId)
  }
}

function isRefusal(event: ClientEvent): boolean {
  return event.answer !== 'none' && !isSuccess(event)
}

function viewOf(told: Readonly<Record<string, unknown>>): ToldView {
  const amount = (name: string) => (typeof told[name] === 'number' ? told[name] : undefined)
  const [size, cumQty, leavesQty] = [amount('size'), amount('cumQty'), amount('leavesQty')]
  const status = canonicalStatus({ status: String(told.status ?? ''), size, cumQty, leavesQty })
  const reason = typeof told.reason === 'string' ? told.reason : undefined
  return { status, size, cumQty, leavesQty, averagePrice: amount('averagePrice'), reason }
}
