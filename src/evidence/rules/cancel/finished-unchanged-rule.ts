import { decimalOf } from '../../reading/decimal.ts'
import { isEnd, type View } from '../../reading/own-orders.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { type Cancellation, cancellationsIn } from './cancelled.ts'

/** What was dealt, and at what price. */
const FIELDS = ['cumQty', 'averagePrice']

/** Whatever the cancellation was answered with (setting 30). */
export const finishedUnchangedRule: Rule = {
  id: 'cancel.finished-unchanged',
  family: 'Cancel',
  sentence: 'The cancellation of an order that has ended changes nothing of what it was and dealt.',
  source: { section: '2.7', mark: 'inferred' },
  code: 'ended-order-changed',
  check: (matter) => resultOf(cancellationsIn(matter).flatMap(sightsOf)),
}

function sightsOf({ reading, order, before, after }: Cancellation): Sight[] {
  const ended = before.findLast(({ status }) => isEnd(status))
  if (!ended) return []
  return after.map((view) => {
    const changes = changesIn(ended, view)
    if (changes.length === 0) return isSameStatus(ended, view) ? 'held' : undefined
    return {
      orderId: order.orderId,
      detail: `${ended.status} before it was cancelled; then ${changes.join(', ')}`,
      exchanges: [ended.reading.number, reading.number, view.reading.number],
    }
  })
}

/** That the status stays is for the lifecycle to say, unless it is the cancellation that shows. */
function changesIn(ended: View, view: View): readonly string[] {
  const isCancelled = view.status === 'CANCELED' && !isSameStatus(ended, view)
  const amounts = FIELDS.flatMap((field) => {
    const [one, other] = [decimalOf(ended.fields[field]), decimalOf(view.fields[field])]
    return !one || !other || one.eq(other)
      ? []
      : [`${field} ${one.toFixed()} became ${other.toFixed()}`]
  })
  return [...(isCancelled ? [`it became ${view.status}`] : []), ...amounts]
}

function isSameStatus(one: View, other: View): boolean {
  return one.status === other.status
}
