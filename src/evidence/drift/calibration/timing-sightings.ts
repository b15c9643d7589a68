import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { spanToEnd, spanToTrade } from '../compare-timing.ts'
import type { Span } from '../timing-class.ts'
import { isHasty } from './is-hasty.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

/** How long things take: a span in which it happened, not a value. Settings 25 and 33. */
export const timingSightings: SightingFinder = (side) =>
  side.matter.orders.flatMap((order) => [
    ...(isDone(order) ? sighting('advance.afterMs', spanToEnd(order, side)) : []),
    ...sighting('stp.delayMs', spanToTrade(order, side)),
  ])

function sighting(setting: string, span: Span | undefined): Sighting[] {
  if (!span) return []
  const { fromMs, toMs, exchanges } = span
  return [{ setting, value: { fromMs, toMs }, exchange: exchanges.at(-1) ?? 1 }]
}

/** Whether an order went to its end by itself, by way of NEW: a rejection may be a single step. */
function isDone(order: OwnOrder): boolean {
  const status = endOf(order)?.status
  return isHasty(order) && (status === 'FILLED' || status === 'EXPIRED')
}
