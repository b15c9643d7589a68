import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { rejectionIn } from '../../reading/rejection-fields.ts'
import { isHasty } from './is-hasty.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

/** What orders look like, and what they say of themselves while they are new. Settings 26, 32 and 50. */
export const orderSightings: SightingFinder = ({ matter }) =>
  matter.orders.flatMap((order) => [
    ...rejectionFields(order),
    ...orderDigits(order),
    ...receivedQueries(order),
    ...skippedNew(order),
  ])

function rejectionFields({ views }: OwnOrder): Sighting[] {
  return views.flatMap(({ status, fields, reading }) => {
    const { reason, code } = status === 'REJECTED' ? rejectionIn(fields).names : {}
    if (reason === undefined || code === undefined) return []
    return [{ setting: 'reject.fields', value: { reason, code }, exchange: reading.number }]
  })
}

function orderDigits({ orderId, placing, views: [first] }: OwnOrder): Sighting[] {
  if (!placing || !first || !/^\d+$/.test(orderId)) return []
  return [{ setting: 'id.orderDigits', value: orderId.length, exchange: first.reading.number }]
}

/** Queries that still said RECEIVED, of an order that went on afterwards. */
function receivedQueries({ views, placing }: OwnOrder): Sighting[] {
  const queries = views.filter(({ by }) => by === 'query')
  const received = queries.findIndex(({ status }) => status !== 'RECEIVED')
  const [first] = queries
  if (!placing || !first || received < 0) return []
  return [{ setting: 'advance.receivedQueries', value: received, exchange: first.reading.number }]
}

/** Of an order that waits for nothing: one that waits for the market is NEW meanwhile, whatever the setting. */
function skippedNew(order: OwnOrder): Sighting[] {
  const end = endOf(order)
  if (!isHasty(order) || (end?.status !== 'FILLED' && end?.status !== 'EXPIRED')) return []
  const value = !order.views.some(({ by, status }) => by === 'query' && status === 'NEW')
  return [{ setting: 'advance.skipNew', value, exchange: end.reading.number }]
}
