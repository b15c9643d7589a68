import { isDownload } from '../reading/delivery.ts'
import { endOf, type OwnOrder } from '../reading/own-orders.ts'
import { type Difference, shown } from './difference.ts'
import type { Pair, Side } from './side.ts'
import { differInTiming, type Span, timingClassOf } from './timing-class.ts'

/** Compares how long an order took to its end, and its trade from there. */
export function compareTiming(pair: Pair, simulation: Side, endpoint: Side): Difference[] {
  const here = simulation.orderOf(pair.simulation)
  const there = endpoint.orderOf(pair.endpoint)
  if (!here || !there) return []
  const type = String(pair.simulation.sent.type ?? 'an')
  const ended = endOf(here)?.status === endOf(there)?.status ? endOf(here)?.status : undefined
  return [
    ...(ended === undefined
      ? []
      : compareSpans(
          `${type} order until ${ended}`,
          spanToEnd(here, simulation),
          spanToEnd(there, endpoint),
        )),
    ...compareSpans(
      'trade after FILLED',
      spanToTrade(here, simulation),
      spanToTrade(there, endpoint),
    ),
  ]
}

export function compareSpans(
  subject: string,
  here: Span | undefined,
  there: Span | undefined,
): Difference[] {
  if (!here || !there || !differInTiming(here, there)) return []
  const side = (span: Span) => shown(timingClassOf(span), span.exchanges)
  return [{ rule: 'drift.timing', subject, simulation: side(here), endpoint: side(there) }]
}

/** From the answer to placing, or to the last request to cancel, until the end was seen. */
export function spanToEnd(order: OwnOrder, { matter }: Side): Span | undefined {
  const { placing, views, orderId } = order
  const end = endOf(order)
  if (!end || !placing) return undefined
  const cancelled = matter.made.findLast(
    ({ operation, params, number }) =>
      operation === 'cancelOrder' && params.orderId === orderId && number < end.reading.number,
  )
  const start = cancelled ?? placing.reading
  const before = views.findLast(
    ({ by, reading }) =>
      by === 'query' && reading.number < end.reading.number && reading.number > start.number,
  )
  return {
    // It had not ended when the query before was sent.
    fromMs: before ? Math.max(0, before.reading.exchange.at - start.doneAt) : 0,
    toMs: Math.max(0, end.reading.doneAt - start.doneAt),
    exchanges: [start.number, end.reading.number],
    ...(end.status === 'EXPIRED' && !cancelled && { goodForMs: goodForMsOf(placing.sent) }),
  }
}

/** How long an order said that it was good for; `undefined` where it named no time. */
function goodForMsOf({ timeInForce, expiryTime }: Readonly<Record<string, unknown>>) {
  const seconds = Number(expiryTime)
  return timeInForce === 'GTT' && seconds > 0 ? seconds * 1_000 : undefined
}

/** From the end being seen, until the trade was downloaded. */
export function spanToTrade(order: OwnOrder, { matter }: Side): Span | undefined {
  const { orderId, views } = order
  const end = endOf(order)
  const delivery = matter.deliveries.find((each) => each.orderId === orderId)
  if (end?.status !== 'FILLED' || !delivery) return undefined
  const { reading } = delivery
  const filled = end.reading
  const vain = matter.readings.findLast(
    (each) => isDownload(each) && each.number < reading.number && each.number > filled.number,
  )
  // It was not filled when the query before the one that saw it so was sent.
  const alive = views.findLast(({ reading: query }) => query.number < filled.number)?.reading
  const start = alive ?? filled
  return {
    fromMs: vain ? Math.max(0, vain.exchange.at - filled.doneAt) : 0,
    toMs: Math.max(0, reading.doneAt - start.exchange.at),
    exchanges: [filled.number, reading.number],
  }
}
