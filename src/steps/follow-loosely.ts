import { looseOrders } from '../api/client/loose-orders.ts'
import type { PlacedOrder } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

const ENDS: readonly string[] = ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED', 'CANCELLED']

/**
 * The last status of an order whose answers repeat what was wrong in its placing, and so are not as
 * documented: queried until it ends or the time is over, and read no further than for its status.
 *
 * @returns `undefined` where the answer to the placing tells of no order.
 */
export async function looseEndOf(
  world: TradingWorld,
  order: PlacedOrder,
): Promise<string | undefined> {
  const { placing } = order
  const [placed] = placing.kind === 'malformed' ? looseOrders(placing.raw) : []
  if (placed === undefined) return undefined
  const { clock, patience } = world.backend
  const { firstMs, factor, mostMs } = patience.poll
  const deadline = clock.now() + patience.limitsMs['order to end']
  let { status } = placed
  for (let pauseMs = firstMs; ; pauseMs = Math.min(pauseMs * factor, mostMs)) {
    const answer = await traderOf(world, order).client.queryOrder(placed.orderId)
    status = looseOrders(answer.raw)[0]?.status ?? status
    if (ENDS.includes(status) || clock.now() + pauseMs > deadline) return status
    await clock.sleep(pauseMs)
  }
}
