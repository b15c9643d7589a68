import { isOfOneUser, type Matter } from '../reading/matter.ts'
import { endOf } from '../reading/own-orders.ts'
import type { Placing } from '../reading/placing.ts'
import type { Reading } from '../reading/reading.ts'

/**
 * How long after it was last seen an order is sure to be found, though it may have ended meanwhile. How
 * long a finished one can be queried is not documented (setting 24), but whoever waits for its end must
 * be able to see it.
 */
const SURELY_KEPT_MS = 60_000

/**
 * How long after its placing was answered an order may not be found yet: what is taken in one place may
 * be read in another. How long that takes is not documented.
 */
const SURELY_THERE_MS = 2_000

/**
 * The exchange that showed that the order asked for by server id exists; `undefined` where it may
 * not, or may not be for this user to see, or may not be there yet, or may have ended and be gone.
 */
export function knownOrder(reading: Reading, matter: Matter): Reading | undefined {
  const { operation, params, number, exchange } = reading
  if (operation !== 'queryOrder' || !isOfOneUser(matter)) return undefined
  const order = matter.orders.find(({ orderId }) => orderId === params.id)
  const seen = order?.views.filter((view) => view.reading.number < number) ?? []
  const [first, last] = [seen[0], seen.at(-1)]
  if (!first || !last || isSeenEnded(reading, matter)) return undefined
  if (isFoundOrNot(reading) && isJustPlaced(reading, order?.placing)) return undefined
  return exchange.at - last.reading.doneAt > SURELY_KEPT_MS ? undefined : first.reading
}

/** A refusal other than 404 does not come of looking for it. */
function isFoundOrNot({ isSuccess, status }: Reading): boolean {
  return isSuccess || status === 404
}

function isJustPlaced({ exchange }: Reading, placing: Placing | undefined): boolean {
  return placing !== undefined && exchange.at - placing.reading.doneAt < SURELY_THERE_MS
}

/** Whether a query had seen the end of the order asked for: from then on it may be gone. */
export function isSeenEnded({ params, number }: Reading, { orders }: Matter): boolean {
  const order = orders.find(({ orderId }) => orderId === params.id)
  const end = order && endOf(order)?.reading
  return end !== undefined && end.number < number
}
