import type { OwnOrder } from './own-orders.ts'
import { isUnnamed } from './own-orders.ts'
import type { Placing } from './placing.ts'
import { elementsOf, type Fields, idOf, type Reading } from './reading.ts'

/** A trade in an answer to a download. One trade may be delivered again, after a resend. */
export interface Delivery {
  readonly reading: Reading
  readonly tradeId: string
  readonly orderId: string
  readonly fields: Fields
}

/** The trades of own orders, in the order in which they came. */
export function ownDeliveriesOf(
  readings: readonly Reading[],
  orders: readonly OwnOrder[],
  placings: readonly Placing[],
): readonly Delivery[] {
  const own = new Set(orders.map(({ orderId }) => orderId))
  return readings.filter(isDownload).flatMap((reading) =>
    elementsOf(reading.body).flatMap((fields): Delivery[] => {
      const [tradeId, orderId] = [idOf(fields.tradeId), idOf(fields.orderId)]
      if (tradeId === undefined || orderId === undefined) return []
      const isOwn = own.has(orderId) || placings.some((placing) => isUnnamed(placing, fields.coId))
      return isOwn ? [{ reading, tradeId, orderId, fields }] : []
    }),
  )
}

/**
 * The deliveries of each trade, in the order in which they came. The same id on another order is no
 * second delivery.
 */
export function deliveriesByTrade(matter: {
  readonly deliveries: readonly Delivery[]
}): readonly (readonly Delivery[])[] {
  const key = ({ tradeId, orderId }: Delivery) => JSON.stringify([tradeId, orderId])
  return [...Map.groupBy(matter.deliveries, key).values()]
}

/** A download that was answered in whole, perhaps with nothing. */
export function isDownload({ operation, isSuccess }: Reading): boolean {
  return operation === 'downloadTrades' && isSuccess
}

/** A download that came to nothing: `[]`, 204 or a blank body. Fact sheet 6, row 38 [inferred]. */
export function isEmptyDownload(reading: Reading): boolean {
  const { raw, body } = reading
  if (!isDownload(reading)) return false
  return raw.trim() === '' || (Array.isArray(body) && body.length === 0)
}

/** A download whose answer did not come in whole, or not from the server itself. */
export function isLostDownload({ operation, status, isWhole }: Reading): boolean {
  return operation === 'downloadTrades' && (!isWhole || status === undefined || status >= 500)
}

/** A request to have trades sent again that was not refused; it may have had its effect unanswered. */
export function isResend({ operation, status, isSuccess }: Reading): boolean {
  return operation === 'resendTrades' && (isSuccess || status === undefined || status >= 500)
}
