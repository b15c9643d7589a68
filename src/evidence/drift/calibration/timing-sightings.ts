import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { spanToEnd, spanToTrade } from '../compare-timing.ts'
import type { Span } from '../timing-class.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

/** How long things take: a span in which it happened, not a value. Settings 25 and 33. */
export const timingSightings: SightingFinder = (side) =>
  side.matter.orders.flatMap((order) => [
    ...(isHasty(order) ? sighting('advance.afterMs', spanToEnd(order, side)) : []),
    ...sighting('stp.delayMs', spanToTrade(order, side)),
  ])

function sighting(setting: string, span: Span | undefined): Sighting[] {
  if (!span) return []
  const { fromMs, toMs, exchanges } = span
  return [{ setting, value: { fromMs, toMs }, exchange: exchanges.at(-1) ?? 1 }]
}

/** Whether an order ends by itself, without waiting for the market or the clock. */
function isHasty(order: OwnOrder): boolean {
  const { type, timeInForce } = order.placing?.sent ?? {}
  const isQuick = type === 'PQ' || timeInForce === 'IOC' || timeInForce === 'FOK'
  return isQuick && endOf(order)?.status !== 'CANCELED'
}
