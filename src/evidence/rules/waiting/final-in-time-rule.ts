import type { Matter } from '../../reading/matter.ts'
import { endOf, isEnd, type OwnOrder } from '../../reading/own-orders.ts'
import type { Fields } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'
import { isSeenInTime } from './seen-in-time.ts'

/**
 * The time counts from the placing, but not from before the first query: an order may move only when
 * somebody looks (setting 25).
 */
export const finalInTimeRule: Rule = {
  id: 'order.final-in-time',
  family: 'Waiting',
  sentence:
    'A PQ, IOC or FOK order has a final status within the time it may take (15 s by default).',
  source: { section: '4.3', mark: 'inferred' },
  code: 'late-final-status',
  check: (matter) => resultOf(matter.orders.map((order) => sightOf(order, matter))),
}

function sightOf(order: OwnOrder, { bounds }: Matter): Sight {
  const { orderId, placing, views } = order
  const kind = placing && hastyKind(placing.sent)
  if (!placing || kind === undefined) return undefined
  const queried = views.filter(({ by }) => by === 'query')
  const [first] = queried
  if (!first) return undefined
  const since = Math.max(placing.reading.doneAt, first.reading.exchange.at)
  const late = queried.find(
    ({ status, reading }) => !isEnd(status) && reading.exchange.at - since >= bounds.finalWithinMs,
  )
  const end = endOf(order)
  if (late && !(end && end.reading.number < late.reading.number)) {
    const waited = secondsOf(late.reading.exchange.at - placing.reading.exchange.at)
    return {
      orderId,
      detail: `${kind} order still ${late.status} ${waited} after it was placed; allowed are ${secondsOf(bounds.finalWithinMs)}`,
      exchanges: [placing.reading.number, late.reading.number],
    }
  }
  const isHeld = end && isSeenInTime(end, placing.reading.doneAt, queried, bounds.finalWithinMs)
  return isHeld ? 'held' : undefined
}

/** What an order is called that may not wait; `undefined` where it may. */
function hastyKind({ type, timeInForce }: Fields): string | undefined {
  if (type === 'PQ') return 'PQ'
  return timeInForce === 'IOC' || timeInForce === 'FOK' ? timeInForce : undefined
}
