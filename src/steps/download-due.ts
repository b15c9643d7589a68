import { Big } from 'big.js'
import { giveUp } from './await-status.ts'
import type { PlacedOrder } from './placed-order.ts'
import { acceptedOrder } from './placed-order.ts'
import type { Trader } from './trader.ts'
import type { TradingWorld } from './world.ts'

/**
 * Downloads until nothing is left, and goes on while trades of this scenario are due: they may arrive
 * some time after their order is FILLED. What has not come by the deadline is for the steps that follow
 * to miss.
 *
 * @throws {NotVerifiedError} The wait was cut short, and something is missing.
 */
export async function downloadDue(world: TradingWorld, trader: Trader): Promise<void> {
  const { clock, patience } = world.backend
  const { firstMs, factor, mostMs } = patience.poll
  const { withinMs, isFull } = await patience.allow('trade', patience.limitsMs.trade)
  const deadline = clock.now() + withinMs
  for (let pauseMs = firstMs; ; pauseMs = Math.min(pauseMs * factor, mostMs)) {
    await trader.downloadAll()
    if (!isSomethingDue(world)) return
    // Once more when the time is over: a download before would not show that it was.
    const restMs = deadline - clock.now()
    if (restMs <= 0) break
    await clock.sleep(Math.min(pauseMs, restMs))
  }
  if (!isFull) giveUp('trade')
  await patience.breach('trade')
}

function isSomethingDue({ traders }: TradingWorld): boolean {
  const trades = traders.flatMap((trader) => trader.trades)
  const orders = traders
    .flatMap((trader) => trader.orders)
    .filter(({ placing }) => acceptedOrder(placing))
  return orders.some((order) => {
    const own = trades.filter(({ orderId }) => orderId === order.id)
    const come = own.reduce((sum, { dealtAmount = 0 }) => sum.plus(dealtAmount), new Big(0))
    return dealtOn(order).gt(come) && !own.some(({ dealtAmount }) => dealtAmount === undefined)
  })
}

/** What an order is known to have dealt; a FILLED one without an amount has dealt something. */
function dealtOn({ isFinal, view }: PlacedOrder): Big {
  if (!isFinal || view.status === 'REJECTED') return new Big(0)
  return new Big(view.cumQty ?? (view.status === 'FILLED' ? view.size : 0))
}
