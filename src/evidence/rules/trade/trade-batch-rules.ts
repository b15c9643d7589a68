import {
  type Delivery,
  deliveriesByTrade,
  isLostDownload,
  isResend,
} from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import { endOf } from '../../reading/own-orders.ts'
import { elementsOf } from '../../reading/reading.ts'
import { emptyDownloadAfter, isDealt } from '../deal/dealt.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'

/**
 * How many come where none are asked for is the server's to change ("currently 50"). Fewer than asked for
 * show nothing: there may have been no more.
 */
export const batchSizeRule: Rule = {
  id: 'trade.batch-size',
  family: 'Trades',
  sentence: 'One download brings at most as many trades as maxCount asks for.',
  source: { section: '2.8', mark: 'reference' },
  code: 'batch-too-large',
  check: ({ made }) =>
    resultOf(
      made.map(({ operation, isSuccess, exchange, body, number }): Sight => {
        if (operation !== 'downloadTrades' || !isSuccess) return undefined
        const count = elementsOf(body).length
        if (count === 0) return undefined
        const asked = URL.parse(exchange.request.url)?.searchParams.get('maxCount') ?? ''
        if (!/^[1-9]\d{0,8}$/.test(asked) || count < Number(asked)) return undefined
        if (count === Number(asked)) return 'held'
        const detail = `asked for ${asked} trades, answered with ${count}`
        return { orderId: '', detail, exchanges: [number] }
      }),
    ),
}

export const emptyIsEmptyRule: Rule = {
  id: 'trade.empty-is-empty',
  family: 'Trades',
  sentence:
    'An empty download means nothing more: no trade comes after it that has had its time before.',
  source: { section: '2.8', mark: 'inferred' },
  code: 'trade-after-empty',
  check: (matter) => resultOf(matter.orders.flatMap((order) => sightsOf(order, matter))),
}

function sightsOf(order: Matter['orders'][number], matter: Matter): Sight[] {
  const { tradeWithinMs } = matter.bounds
  const end = endOf(order)
  const empty = end && emptyDownloadAfter(end.reading, tradeWithinMs, matter)
  if (!end || !empty || !isDealt(order, end)) return []
  const later = matter.readings.filter(
    ({ operation, isSuccess, number, exchange }) =>
      operation === 'downloadTrades' &&
      isSuccess &&
      number > empty.number &&
      exchange.at >= empty.doneAt,
  )
  const trades = deliveriesByTrade(matter)
    .flatMap(([first]) => first ?? [])
    .filter(({ orderId }) => orderId === order.orderId)
  return trades.map((trade): Sight => {
    if (trade.reading.number < empty.number) return later.length > 0 ? 'held' : undefined
    if (!later.includes(trade.reading) || mayBeFreed(trade, matter)) return undefined
    const waited = secondsOf(empty.exchange.at - end.reading.doneAt)
    return {
      orderId: order.orderId,
      detail: `trade ${trade.tradeId} came after a download that was empty ${waited} after ${end.status} was seen; allowed are ${secondsOf(tradeWithinMs)}`,
      exchanges: [end.reading.number, empty.number, trade.reading.number],
    }
  })
}

/** Whether it may have been consumed by an answer that was lost, and was sent again. Settings 35 and 42. */
function mayBeFreed({ reading, fields }: Delivery, { readings }: Matter): boolean {
  return (
    fields.event === 'RESEND' ||
    readings.some(
      (each) => each.number < reading.number && (isLostDownload(each) || isResend(each)),
    )
  )
}
