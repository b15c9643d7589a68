import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import { isDownload } from '../../reading/delivery.ts'
import { isEnd } from '../../reading/own-orders.ts'
import { elementsOf, idOf } from '../../reading/reading.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import type { ClientMatter, ClientOrder } from '../reading/client-matter.ts'

export const followedRule: ClientRule = {
  id: 'client.followed-to-end',
  family: 'Querying',
  sentence:
    'The client queries each order that it placed until a final status is told, or cancels it.',
  source: { section: '4.3', mark: 'seed' },
  weight: 'must',
  unseen: 'no order was placed',
  toSee: 'let the client place an order and query it to its end',
  check: (matter) => matter.orders.map((order) => sightOf(order, matter)),
}

function sightOf(order: ClientOrder, matter: ClientMatter): ClientSight {
  const { placed, orderId, views, coId } = order
  if (!placed) return undefined
  if (
    views.some(({ status }) => isEnd(status)) ||
    isCancelled(order, matter) ||
    isDealt(order, matter) ||
    isGoneFromList(order, matter)
  ) {
    return 'held'
  }
  const last = views.at(-1)
  const isWorking = matter.facts.working?.includes(orderId)
  const state = isWorking ? ', and is still working' : isWorking === false ? ', and has ended' : ''
  return {
    detail: `was last seen ${last?.status || 'without a status'}${state}`,
    exchanges: [...new Set([placed.call.number, ...(last ? [last.reading.number] : [])])],
    ...{ user: placed.call.user, orderId },
    ...(coId !== undefined && { coId }),
  }
}

/** A cancel is only asked for: as long as the server has the order working, its end is open. */
function isCancelled({ orderId }: ClientOrder, { calls, facts }: ClientMatter): boolean {
  return (
    facts.working?.includes(orderId) === false &&
    calls.some(
      ({ operation, isSuccess, params }) =>
        operation === 'cancelOrder' && isSuccess && params.orderId === orderId,
    )
  )
}

/** Trades of the whole size tell the end as well; one may come again, after a resend. */
function isDealt({ orderId, placed }: ClientOrder, { calls }: ClientMatter): boolean {
  const size = decimalOf(placed?.sent.size)
  if (!size?.gt(0)) return false
  const trades = calls.filter(isDownload).flatMap(({ body }) => elementsOf(body))
  const own = new Map(
    trades
      .filter((trade) => idOf(trade.orderId) === orderId)
      .map((trade) => [idOf(trade.tradeId), decimalOf(trade.dealtAmount) ?? new Big(0)]),
  )
  return [...own.values()].reduce((sum, each) => sum.plus(each), new Big(0)).gte(size)
}

/** Who watches the list of active orders learns the end of one by its absence. */
function isGoneFromList({ orderId, placed }: ClientOrder, { calls }: ClientMatter): boolean {
  return calls.some(
    ({ operation, params, isSuccess, body, number, user }) =>
      operation === 'queryOrders' &&
      params.coId === undefined &&
      isSuccess &&
      user === placed?.call.user &&
      number > (placed?.call.number ?? 0) &&
      Array.isArray(body) &&
      !elementsOf(body).some((fields) => idOf(fields.orderId) === orderId),
  )
}
