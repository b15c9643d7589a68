import type { Matter } from '../reading/matter.ts'
import { endOf, type OwnOrder } from '../reading/own-orders.ts'
import { emptyDownloadAfter, tradesOf } from './dealt.ts'
import { type Rule, resultOf, type Sight } from './rule.ts'
import { secondsOf } from './seconds.ts'

export const tradeInTimeRule: Rule = {
  id: 'trade.in-time',
  family: 'Waiting',
  sentence: 'A FILLED order has its trade within the time a trade may take (10 s by default).',
  source: { section: '5', mark: 'seed' },
  code: 'missing-trade',
  check: (matter) => resultOf(matter.orders.map((order) => sightOf(order, matter))),
}

function sightOf(order: OwnOrder, matter: Matter): Sight {
  const end = endOf(order)
  if (end?.status !== 'FILLED') return undefined
  if (tradesOf(order, matter).length > 0) return 'held'
  const { tradeWithinMs } = matter.bounds
  const empty = emptyDownloadAfter(end.reading, tradeWithinMs, matter)
  if (!empty) return undefined
  const waited = secondsOf(empty.exchange.at - end.reading.doneAt)
  return {
    orderId: order.orderId,
    detail: `no trade ${waited} after FILLED was seen; allowed are ${secondsOf(tradeWithinMs)}`,
    exchanges: [end.reading.number, empty.number],
  }
}
