import { isEnd, type View } from '../../reading/own-orders.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'
import { isSeenInTime } from '../waiting/seen-in-time.ts'
import { type Cancellation, cancellationsIn } from './cancelled.ts'

/**
 * What an order may be called that still works. Any other word may be one for cancelled (setting 29), also
 * of an order that is dealt in part.
 */
const WORKING: readonly unknown[] = ['RECEIVED', 'NEW']

/** It may end otherwise, if that was under way. An order may move only when somebody looks (setting 25). */
export const cancelInTimeRule: Rule = {
  id: 'cancel.in-time',
  family: 'Cancel',
  sentence:
    'An order whose cancellation was accepted has ended within the time that an order may take (15 s by default).',
  source: { section: '2.7', mark: 'inferred' },
  code: 'late-cancellation',
  check: (matter) =>
    resultOf(
      cancellationsIn(matter)
        .filter(({ reading }) => reading.isSuccess)
        .map((cancellation) => sightOf(cancellation, matter.bounds.finalWithinMs)),
    ),
}

function sightOf({ reading, order, before, after }: Cancellation, withinMs: number): Sight {
  const [first] = after
  if (!first || before.some(({ status }) => isEnd(status))) return undefined
  const since = Math.max(reading.doneAt, first.reading.exchange.at)
  const end = after.find(({ status }) => isEnd(status))
  const late = after.find((view) => isWorking(view) && view.reading.exchange.at - since >= withinMs)
  if (!late || (end && end.reading.number < late.reading.number)) {
    return end && isSeenInTime(end, reading.doneAt, after, withinMs) ? 'held' : undefined
  }
  const waited = secondsOf(late.reading.exchange.at - reading.doneAt)
  return {
    orderId: order.orderId,
    detail: `still ${late.status} ${waited} after its cancellation was accepted; allowed are ${secondsOf(withinMs)}`,
    exchanges: [reading.number, late.reading.number],
  }
}

function isWorking({ fields }: View): boolean {
  return WORKING.includes(fields.status)
}
