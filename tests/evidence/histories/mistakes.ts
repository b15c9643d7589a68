import { ORDER_STATUSES } from '../../../src/api/contract/statuses.ts'
import { mayFollow } from '../../machines/documented-arrows.ts'
import type { Fields } from '../talk.ts'
import { dealMistakes } from './deal-mistakes.ts'
import type { Entry, History } from './history.ts'
import {
  altered,
  answering,
  endsIn,
  isFinal,
  lifecycleOf,
  type MistakeKind,
  queried,
  seenIn,
  withoutAmounts,
} from './mistake.ts'
import { rateMistakes } from './rate-mistakes.ts'
import { sessionMistakes } from './session-mistakes.ts'
import { timeMistakes } from './time-mistakes.ts'

/** After each status that was told, a query that tells each status which may not follow it. */
const wrongStatus: MistakeKind = {
  name: 'a status follows that may not',
  placesIn: (history) =>
    queried(history).flatMap((seen) => {
      const { order } = seen.about
      const lifecycle = lifecycleOf(order)
      const from = String(order.status)
      return ORDER_STATUSES.filter((to) => !mayFollow(lifecycle, from, to)).map((to) => ({
        rule: `${lifecycle}.${from}-${to}`.toLowerCase(),
        history: history.with(
          `a ${lifecycle} order turns from ${from} to ${to}`,
          seen.at + 1,
          0,
          answering(seen, { ...withoutAmounts(order), status: to }),
        ),
      }))
    }),
}

const wrongFirstStatus: MistakeKind = {
  name: 'a placing is answered with another status than RECEIVED',
  placesIn: (history) =>
    seenIn(history, 'placed').flatMap((seen) => {
      const { order } = seen.about
      const lifecycle = lifecycleOf(order)
      return ORDER_STATUSES.filter((status) => status !== 'RECEIVED').map((status) => ({
        rule: `${lifecycle}.placed-${status}`.toLowerCase(),
        history: history.with(
          `a ${lifecycle} order is placed as ${status}`,
          seen.at,
          1,
          answering(seen, { ...order, status }),
        ),
      }))
    }),
}

const unknownStatus: MistakeKind = {
  name: 'a status is none',
  placesIn: (history) =>
    queried(history).map((seen) => ({
      rule: `${lifecycleOf(seen.about.order)}.known-status`.toLowerCase(),
      history: history.with(
        'a status is none',
        seen.at,
        1,
        answering(seen, { ...withoutAmounts(seen.about.order), status: 'PENDING' }),
      ),
    })),
}

/** Queries of orders that are there for sure: nothing had shown their end. */
const working = (history: History) =>
  queried(history).filter(
    ({ at, about }) => !endsIn(history, about.orderId).some((end) => end.at < at),
  )

/** Whether the session lived on for sure: the token served again before it was renewed. */
function isServedAfter({ entries }: History, at: number): boolean {
  const next = entries
    .slice(at + 1)
    .find(({ about, status }) => about.kind === 'renewal' || status < 300)
  return next !== undefined && next.about.kind !== 'renewal'
}

/** Longer than an order may take to be found after its placing. */
const SURELY_THERE_MS = 3_000

function answered(name: string, rule: string, status: number, body: unknown): MistakeKind {
  return {
    name,
    placesIn: (history) =>
      working(history)
        .filter(({ at }) => isServedAfter(history, at))
        .map(({ at, ...entry }) => {
          const afterMs = (entry.afterMs ?? 0) + SURELY_THERE_MS
          return { rule, history: history.with(name, at, 1, { ...entry, afterMs, status, body }) }
        }),
  }
}

const twoOrders: MistakeKind = {
  name: 'a query by server id is answered about two orders',
  placesIn: (history) =>
    queried(history).map(({ at, ...entry }) => {
      const { order } = entry.about
      const body = [order, { ...order, orderId: '999', coId: 'c999' }]
      return {
        rule: 'query.one-order',
        history: history.with('a query by server id is answered about two orders', at, 1, {
          ...entry,
          body,
        }),
      }
    }),
}

/** Each trade of each download, with the place of the download. */
function tradesIn({ entries }: History) {
  return entries.flatMap(({ about }, at) =>
    about.kind === 'download' ? about.trades.map((trade, index) => ({ trade, at, index })) : [],
  )
}

function withTrade(entry: Entry | undefined, index: number, ...put: readonly Fields[]): Entry {
  if (entry?.about.kind !== 'download') throw new Error('That is no download.')
  const trades = entry.about.trades.toSpliced(index, put.length > 1 ? 0 : 1, ...put)
  return { ...entry, body: trades, about: { kind: 'download', trades } }
}

/** @param isOfEnded - Whether only first deliveries are meant, of orders that were seen to end. */
function alteredTrade(
  name: string,
  rule: string,
  alter: (trade: Fields) => Fields,
  isOfEnded = false,
): MistakeKind {
  return {
    name,
    placesIn: (history) =>
      tradesIn(history)
        .filter(
          ({ trade, at }) =>
            !isOfEnded ||
            (isFirst(history, trade, at) && endsIn(history, trade.orderId).length > 0),
        )
        .map(({ trade, at, index }) => ({
          rule,
          history: history.with(name, at, 1, withTrade(history.entries[at], index, alter(trade))),
        })),
  }
}

function isFirst(history: History, { tradeId }: Fields, at: number): boolean {
  return !tradesIn(history).some((other) => other.at < at && other.trade.tradeId === tradeId)
}

/** A download that carries something that it must not, at the end of the history. */
function extraTrade(trade: Fields): Entry {
  return {
    ...{ method: 'GET', path: '/v2/trades/stp/messages', status: 200, body: [trade] },
    about: { kind: 'download', trades: [trade] },
  }
}

const tradeTwice: MistakeKind = {
  name: 'a trade comes again without a resend',
  placesIn: (history) =>
    tradesIn(history)
      .filter(({ at }) => !history.entries.slice(at).some(({ about }) => about.kind === 'resend'))
      .map(({ trade }) => ({
        rule: 'trade.once',
        history: history.with(
          'a trade comes again without a resend',
          history.entries.length,
          0,
          extraTrade({ ...trade, ...('event' in trade && { event: 'NEW' }) }),
        ),
      })),
}

const undealtTrade: MistakeKind = {
  name: 'an order that was not dealt has a trade',
  placesIn: (history) =>
    queried(history)
      .filter(({ about: { order } }) => isFinal(order.status) && order.cumQty === 0)
      .map(({ about: { order } }) => ({
        rule: 'trade.only-dealt',
        history: history.with(
          `an order that is ${order.status} has a trade`,
          history.entries.length,
          0,
          extraTrade(tradeFor(order)),
        ),
      })),
}

function tradeFor({ orderId, coId, side, symbol, currency, size, price }: Fields): Fields {
  return {
    ...{ orderId, coId, side, symbol, currency, tradeId: 'FXI9999999999', event: 'NEW' },
    ...{ tradeType: 'Spot', tradeDate: '2026-01-05', valueDate: '2026-01-07', maker: false },
    ...{ status: 'Verified', dealtAmount: size, spotRate: price },
  }
}

const silentRefusal: MistakeKind = {
  name: 'a placing is refused without an error object',
  placesIn: (history) =>
    history.entries.flatMap(({ about, body: _, ...entry }, at) =>
      about.kind === 'refused'
        ? [
            {
              rule: 'placing.error-object',
              history: history.with('a placing is refused without an error object', at, 1, {
                ...entry,
                about,
              }),
            },
          ]
        : [],
    ),
}

const ofOther = (order: Fields) => ({ ...order, orderId: '999' })
const doubled = (value: unknown) => Number(value) * 2

/** Every way in which histories are made wrong here. */
export const mistakes: readonly MistakeKind[] = [
  wrongStatus,
  wrongFirstStatus,
  unknownStatus,
  altered('a query is answered about another order', 'query.by-server-id', queried, ofOther),
  altered(
    'a client id leads to another server id',
    'order.id-stable',
    (history) => seenIn(history, 'looked up'),
    ofOther,
  ),
  altered(
    'a query by client id is answered about another one',
    'query.by-client-id',
    (history) => seenIn(history, 'looked up'),
    (order) => ({ ...order, coId: 'c999' }),
  ),
  altered('a query tells another size', 'echo.query', queried, (order) => ({
    ...order,
    size: doubled(order.size),
  })),
  altered('a query tells another side', 'echo.query', queried, (order) => ({
    ...order,
    side: order.side === 'Buy' ? 'Sell' : 'Buy',
  })),
  altered(
    'a placing is answered with another price',
    'echo.placing',
    (history) => seenIn(history, 'placed'),
    (order) => ({ ...order, price: doubled(order.price) }),
  ),
  altered(
    'a query leaves a field out',
    'shape.query-order',
    queried,
    ({ symbol: _, ...order }) => order,
  ),
  answered('a working order is not found', 'http.query-order', 404, { errorCode: 'NO' }),
  answered('a query is answered with 202', 'http.query-order', 202, []),
  answered('a working order is not in the answer', 'query.known-order', 200, []),
  twoOrders,
  silentRefusal,
  tradeTwice,
  undealtTrade,
  alteredTrade('a trade is of another side', 'trade.agrees', (trade) => ({
    ...trade,
    side: trade.side === 'Buy' ? 'Sell' : 'Buy',
  })),
  alteredTrade(
    'a trade deals more than its order says',
    'trade.amount',
    (trade) => ({
      ...trade,
      dealtAmount: doubled(trade.dealtAmount),
      settledAmount: doubled(trade.settledAmount),
    }),
    true,
  ),
  alteredTrade(
    'a trade has no trade date',
    'shape.download-trades',
    ({ tradeDate: _, ...trade }) => trade,
  ),
  ...dealMistakes,
  ...rateMistakes,
  ...sessionMistakes,
  ...timeMistakes,
]
