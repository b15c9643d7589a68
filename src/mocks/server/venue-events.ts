import type { ControlAction, JournalledCall } from './journal.ts'

/** Something that happened at an organisation, as it is told to whoever listens. */
export type VenueEvent =
  | { readonly type: 'call'; readonly number: number; readonly call: JournalledCall }
  | { readonly type: 'control'; readonly number: number; readonly action: ControlAction }
  | { readonly type: 'order'; readonly order: OrderNews }
  | { readonly type: 'trade'; readonly trade: TradeNews }

/** An order as it stands after something became of it. */
export interface OrderNews {
  readonly orderId: string
  readonly coId: string
  readonly status: string
  /** In the dealt currency. */
  readonly dealt: number
  readonly at: number
}

export interface TradeNews {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
  readonly at: number
}

type Listener = (event: VenueEvent) => void

/** What happens at one organisation, told to all who subscribed. */
export class VenueEvents {
  readonly #listeners = new Map<Listener, () => void>()

  /** Whether anybody listens; where nobody does, events need not be made. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /**
   * @param ended - Called when nothing will happen any more.
   * @returns Ends the subscription.
   */
  subscribe(listener: Listener, ended: () => void): () => void {
    this.#listeners.set(listener, ended)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  tell(event: VenueEvent): void {
    for (const listener of this.#listeners.keys()) listener(event)
  }

  /** The organisation is gone: one of the same name has events of its own. */
  end(): void {
    for (const ended of this.#listeners.values()) ended()
  }
}
