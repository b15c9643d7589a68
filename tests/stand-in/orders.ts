import type { State } from './state.ts'

export type Status = 'RECEIVED' | 'NEW' | 'FILLED' | 'REJECTED' | 'EXPIRED' | 'CANCELED'
export type FinalStatus = Exclude<Status, 'RECEIVED' | 'NEW'>

/** How and when an order ends, unless it is cancelled before; `at` is Infinity if it rests. */
export interface Ending {
  readonly status: FinalStatus
  readonly at: number
  readonly reason?: string
}

export interface Fill {
  /** In the dealt currency. */
  readonly quantity: number
  readonly price: number
  readonly at: number
}

/** What becomes of an order in time; decided when it is placed. Times are epoch milliseconds. */
export interface Fate {
  readonly newAt: number
  readonly ending: Ending
  readonly fill?: Fill
}

export interface Order {
  readonly orderId: string
  /** Of the trade and of the execution. */
  readonly execId: string
  readonly coId: string
  /** The fields as they were sent. */
  readonly terms: Readonly<Record<string, unknown>>
  readonly placedAt: number
  fate: Fate
  cancelled: boolean
  traded: boolean
  /** Queries that asked for this order. */
  queries: number
  /** Those of them that found it filled. */
  filledQueries: number
}

const FIRST_ORDER_ID = 4_820_276_016
const FIRST_TRADE_ID = 9_369_258_100

export const never: Ending = { status: 'EXPIRED', at: Number.POSITIVE_INFINITY }

export function statusAt({ fate }: Order, now: number): Status {
  if (now >= fate.ending.at) return fate.ending.status
  return now >= fate.newAt ? 'NEW' : 'RECEIVED'
}

export const hasEnded = (order: Order, now: number): boolean => now >= order.fate.ending.at

/** The fill of `order` if it has happened at `now`. */
export function fillAt({ fate: { fill } }: Order, now: number): Fill | undefined {
  return fill !== undefined && now >= fill.at ? fill : undefined
}

/** Takes an order; it exists from now on. */
export function take(
  state: State,
  terms: Readonly<Record<string, unknown>>,
  fate: Fate,
  now: number,
): Order {
  const count = state.orders.length
  const order: Order = {
    orderId: String(FIRST_ORDER_ID + 7 * count),
    execId: `FXI${FIRST_TRADE_ID + 3 * count}`,
    coId: String(terms.coId),
    terms,
    placedAt: now,
    fate,
    cancelled: false,
    traded: false,
    queries: 0,
    filledQueries: 0,
  }
  state.orders.push(order)
  state.measures.working(state.orders.filter((each) => !hasEnded(each, now)).length)
  return order
}

/** Whether the placer sells the term or buys the base currency: both lift the offer (section 5). */
export function buysBase({ side, currency, symbol }: Order['terms']): boolean {
  const dealsBase = String(symbol).startsWith(`${String(currency)}/`)
  return (side === 'Buy') === dealsBase
}

/** The amount in the other currency, in hundredths at the finest. */
export function settledAmount({ terms }: Order, { quantity, price }: Fill): number {
  const dealsBase = String(terms.symbol).startsWith(`${String(terms.currency)}/`)
  return Number((dealsBase ? quantity * price : quantity / price).toFixed(2))
}
