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
  readonly #listeners = new Set<Listener>()

  /** Whether anybody listens; where nobody does, events need not be made. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /** @returns Ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  tell(event: VenueEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
