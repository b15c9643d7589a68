import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import type { OwnOrder } from '../../reading/own-orders.ts'
import { elementsOf, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { foundNothing, idsIn } from './client-query.ts'

/** A query by client id, or for all active orders, and an order that was working all the while. */
interface Asked {
  readonly reading: Reading
  readonly order: OwnOrder
  /** The query that saw it NEW before. */
  readonly before: Reading
}

export const clientIdFindsRule: Rule = {
  id: 'query.client-id-finds',
  family: 'Identity',
  sentence: 'An order that is working is found by its client id, as it is by its server id.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'missing-order',
  check: (matter) => resultOf(askedWhileWorking(matter).map((asked) => foundSight(asked, matter))),
}

function foundSight({ reading, order, before }: Asked, matter: Matter): Sight {
  const { params, isSuccess, body, number } = reading
  const asked = params.coId
  if (asked === undefined || order.placing?.coId !== asked) return undefined
  if (isSuccess && elementsOf(body).some(({ coId }) => coId === asked)) return 'held'
  if (!foundNothing(reading, matter)) return undefined
  return {
    orderId: order.orderId,
    detail: `asked for client id ${asked}, received nothing, though its order is NEW`,
    exchanges: [before.number, number],
  }
}

export const activeCompleteRule: Rule = {
  id: 'query.active-complete',
  family: 'Identity',
  sentence: 'An order that is working is in the list of all active orders.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'missing-order',
  check: (matter) => resultOf(askedWhileWorking(matter).map(activeSight)),
}

function activeSight({ reading, order, before }: Asked): Sight {
  const { params, isSuccess, body, number } = reading
  if (params.coId !== undefined || !isSuccess || !Array.isArray(body)) return undefined
  const listed = idsIn(reading)
  if (listed.includes(order.orderId)) return 'held'
  return {
    orderId: order.orderId,
    detail: `not among the ${listed.length} active orders, though it is NEW`,
    exchanges: [before.number, number],
  }
}

/**
 * Queries that were asked while an order was NEW: it was so before, and still after. RECEIVED is not
 * enough: an answer may say so when it is no longer true (setting 26).
 */
function askedWhileWorking(matter: Matter): readonly Asked[] {
  if (!isOfOneUser(matter)) return []
  return matter.made
    .filter(({ operation }) => operation === 'queryOrders')
    .flatMap((reading) =>
      matter.orders.flatMap((order) => {
        const fresh = order.views
          .filter(({ by, status }) => by === 'query' && status === 'NEW')
          .map((view) => view.reading)
        const before = fresh.findLast((seen) => isBefore(seen, reading))
        return before && fresh.some((seen) => isBefore(reading, seen))
          ? [{ reading, order, before }]
          : []
      }),
    )
}

function isBefore(one: Reading, other: Reading): boolean {
  return one.number < other.number && one.doneAt <= other.exchange.at
}
