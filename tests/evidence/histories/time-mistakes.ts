import type { Fields } from '../talk.ts'
import type { Entry, History } from './history.ts'
import {
  answering,
  type MistakeKind,
  queried,
  type Seen,
  seenIn,
  withoutAmounts,
} from './mistake.ts'

/** Longer than anything may take. */
const LONG_MS = 60_000

/** A query of an order as this server answers it; it never comes without one in the end. */
function queryOf(history: History, orderId: string, fields: Fields): Entry[] {
  const seen = queried(history).find(({ about }) => about.orderId === orderId)
  if (!seen) return []
  const { afterMs: _, ...entry } = answering(seen, {
    ...withoutAmounts(seen.about.order),
    ...fields,
  })
  return [entry]
}

/** The order is NEW when it is queried, and still is a long time after that. */
function restsAfter(name: string, rule: string, places: (history: History) => readonly Seen[]) {
  return {
    name,
    placesIn: (history: History) =>
      places(history).map(({ at, about: { orderId } }) => {
        const still = queryOf(history, orderId, { status: 'NEW' }).flatMap((entry) => [
          { ...entry, afterMs: LONG_MS },
          { ...entry, afterMs: LONG_MS },
        ])
        return { rule, history: history.with(name, at + 1, 0, ...still) }
      }),
  }
}

const placedFor =
  (...lives: readonly unknown[]) =>
  (history: History) =>
    seenIn(history, 'placed').filter(({ about }) => lives.includes(about.order.timeInForce))

const cancelled = (history: History) => seenIn(history, 'cancelled')

const dealtAfterCancel: MistakeKind = {
  name: 'a cancelled order deals on',
  placesIn: (history) =>
    queried(history)
      .filter(({ about }) => about.order.status === 'CANCELED')
      .map((seen) => {
        const { cumQty, size, ...order } = seen.about.order
        const more = { ...order, size, cumQty: Number(cumQty) + Number(size) }
        return {
          rule: 'cancel.nothing-after',
          history: history.with(
            'a cancelled order deals on',
            seen.at + 1,
            0,
            answering(seen, more),
          ),
        }
      }),
}

const cancelledAfterEnd: MistakeKind = {
  name: 'an order that was FILLED is cancelled all the same',
  placesIn: (history) =>
    queried(history)
      .filter(({ about }) => about.order.status === 'FILLED')
      .map(({ at, about: { orderId } }) => ({
        rule: 'cancel.finished-unchanged',
        history: history.with(
          'an order that was FILLED is cancelled all the same',
          at + 1,
          0,
          {
            ...{ method: 'DELETE', path: `/v2/orders/${orderId}`, status: 202 },
            about: { kind: 'cancelled', orderId, order: {} },
          },
          ...queryOf(history, orderId, { status: 'CANCELED' }),
        ),
      })),
}

const RATE: Fields = {
  ...{ symbol: 'EUR/USD', bid: 1.08632, offer: 1.08636, bidLimit: 1e6, offerLimit: 1e6 },
  ...{ time: 1_000_000, rateId: '2026-01-05-EURUSD-SPOT-1' },
}

/** The market was good for it: nothing but its time could have ended it. */
const gtcExpires: MistakeKind = {
  name: 'a good-till-cancelled order expires',
  placesIn: (history) =>
    placedFor('GTC')(history)
      .filter(({ about }) =>
        cancelled(history).every((each) => each.about.orderId !== about.orderId),
      )
      .map(({ at, about: { orderId } }) => ({
        rule: 'order.gtc-stays',
        history: history
          .with(
            'a good-till-cancelled order expires',
            at + 1,
            0,
            ...queryOf(history, orderId, { status: 'EXPIRED' }),
          )
          .with('a good-till-cancelled order expires', at, 0, {
            ...{ method: 'GET', path: '/v2/rates/spot?symbol=EUR%2FUSD', status: 200, body: RATE },
            about: { kind: 'rate', told: RATE },
          }),
      })),
}

/** The trades are never there, though they are looked for often and late. */
const noTrade: MistakeKind = {
  name: 'what was dealt has no trade',
  placesIn: (history) =>
    queried(history)
      .filter(({ about }) => about.order.status === 'FILLED')
      .map(({ about: { orderId } }) => {
        const empty: Entry = {
          ...{ method: 'GET', path: '/v2/trades/stp/messages', status: 200, body: [] },
          about: { kind: 'download', trades: [] },
        }
        const late = [empty, empty, empty, { ...empty, afterMs: LONG_MS }]
        const without = history.withoutTradesOf(orderId)
        return {
          rule: 'trade.in-time',
          history: without.with('what was dealt has no trade', history.entries.length, 0, ...late),
        }
      }),
}

/** How long things take, and what a cancellation does. */
export const timeMistakes: readonly MistakeKind[] = [
  dealtAfterCancel,
  restsAfter('a cancelled order works on', 'cancel.in-time', cancelled),
  cancelledAfterEnd,
  gtcExpires,
  restsAfter('an order that is good till a time never ends', 'order.gtt-ends', placedFor('GTT')),
  restsAfter('an order that may not wait waits', 'order.final-in-time', placedFor('IOC', 'FOK')),
  noTrade,
]
