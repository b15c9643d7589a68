import type { Fields } from '../talk.ts'
import type { About, Entry, History } from './history.ts'

/** One wrong step at one place of a history, and the rule that has to name it. */
export interface Mistake {
  readonly rule: string
  readonly history: History
}

/** A kind of wrong step; it yields each place where a history could be wrong so. */
export interface MistakeKind {
  readonly name: string
  readonly placesIn: (history: History) => readonly Mistake[]
}

type OrderAbout = Extract<About, { orderId: string }>
export type Seen = Entry & { readonly about: OrderAbout; readonly at: number }

/** The answers about orders, in order, with their place. */
export function seenIn({ entries }: History, ...kinds: readonly About['kind'][]): readonly Seen[] {
  return entries.flatMap((entry, at) =>
    'orderId' in entry.about && kinds.includes(entry.about.kind)
      ? [{ ...entry, about: entry.about, at }]
      : [],
  )
}

export const queried = (history: History) => seenIn(history, 'queried')
export const lifecycleOf = ({ type }: Fields) => (type === 'PQ' ? 'PQ' : 'Limit')

/** An answer about one order, in the shape that this server has. */
export function answering({ body, about, ...entry }: Seen, order: Fields): Entry {
  const whole = { ...entry, about: { ...about, order } }
  return { ...whole, body: Array.isArray(body) ? [order] : order }
}

/** Puts another answer in the place of each that is chosen. */
export function altered(
  name: string,
  rule: string,
  places: (history: History) => readonly Seen[],
  alter: (order: Fields) => Fields,
): MistakeKind {
  return {
    name,
    placesIn: (history) =>
      places(history).map((seen) => ({
        rule,
        history: history.with(name, seen.at, 1, answering(seen, alter(seen.about.order))),
      })),
  }
}

export const withoutAmounts = ({ cumQty: _, leavesQty: __, averagePrice: ___, ...order }: Fields) =>
  order

export function endsIn(history: History, orderId: unknown): readonly Seen[] {
  return seenIn(history, 'queried', 'looked up').filter(
    ({ about }) => about.orderId === orderId && isFinal(about.order.status),
  )
}

export function isFinal(status: unknown): boolean {
  return status !== 'RECEIVED' && status !== 'NEW'
}
