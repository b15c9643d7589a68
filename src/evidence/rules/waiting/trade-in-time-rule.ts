import type { Matter } from '../../reading/matter.ts'
import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { dueDownload, isDealt, tradesOf } from '../deal/dealt.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'

export const tradeInTimeRule: Rule = {
  id: 'trade.in-time',
  family: 'Waiting',
  sentence: 'What was dealt has its trade within the time a trade may take (10 s by default).',
  source: { section: '5', mark: 'inferred' },
  code: 'missing-trade',
  check: (matter) => resultOf(matter.orders.map((order) => sightOf(order, matter))),
}

/**
 * One that came, but only after an empty list that should have had it, is another rule's; and one that was
 * not looked for in time has perhaps come late.
 */
function sightOf(order: OwnOrder, matter: Matter): Sight {
  const end = endOf(order)
  if (!end || !isDealt(order, end)) return undefined
  const [first] = tradesOf(order, matter)
  if (first) {
    const dueAt = end.reading.doneAt + matter.bounds.tradeWithinMs
    return first.reading.doneAt <= dueAt ? 'held' : undefined
  }
  const empty = dueDownload(order, end, matter)
  if (!empty) return undefined
  const waited = secondsOf(empty.exchange.at - end.reading.doneAt)
  return {
    orderId: order.orderId,
    detail: `no trade ${waited} after ${end.status} was seen; allowed are ${secondsOf(matter.bounds.tradeWithinMs)}, unless another consumer took it`,
    exchanges: [end.reading.number, empty.number],
  }
}
