import { isOfOneUser, type Matter } from '../reading/matter.ts'
import { endOf } from '../reading/own-orders.ts'
import type { Reading } from '../reading/reading.ts'

/**
 * How long a finished order is sure to be found. How long it can be queried is not documented
 * (setting 24), but nobody could read off its end in less.
 */
const RETENTION_MS = 60_000

/**
 * The exchange that showed that the order asked for by server id exists; `undefined` where it may
 * not, or may not be for this user to see, or may be gone for having ended long ago.
 */
export function knownOrder(reading: Reading, matter: Matter): Reading | undefined {
  const { operation, params, number } = reading
  if (operation !== 'queryOrder' || !isOfOneUser(matter)) return undefined
  const order = matter.orders.find(({ orderId }) => orderId === params.id)
  const [known] = order?.views ?? []
  if (!order || !known || known.reading.number >= number) return undefined
  return isLongEnded(reading, matter) ? undefined : known.reading
}

/** Whether the order asked for was seen ended so long ago that it may have been forgotten. */
export function isLongEnded({ params, exchange, number }: Reading, { orders }: Matter): boolean {
  const order = orders.find(({ orderId }) => orderId === params.id)
  const end = order && endOf(order)?.reading
  return end !== undefined && end.number < number && exchange.at - end.doneAt > RETENTION_MS
}
