import type { Outcome } from '../../mocks/exchange/outcome.ts'
import type { CancelCourse, OrderCourse } from './order-course.ts'

/** What is to become of cancelling an order, and what about that is not as it was. */
interface ReplayCancel {
  readonly cancel?: (Outcome & { kind: 'fill' })['cancel']
  readonly departure?: string
}

/**
 * Has a cancellation go as it went.
 *
 * @param isCanceled - Whether it was what ended the order.
 */
export function cancelOf(course: OrderCourse, isCanceled: boolean): ReplayCancel {
  const { cancel } = course
  if (!cancel) return {}
  if (!cancel.accepted) return refused(cancel)
  return isCanceled ? done(cancel) : withoutEffect(cancel, course)
}

function refused({ pollsAfter }: CancelCourse): ReplayCancel {
  if (pollsAfter === 0) return { cancel: 'too late' }
  return {
    departure: 'was at work after a cancellation was refused; the simulation ends it before',
  }
}

function done({ pollsAfter, again, wentOn }: CancelCourse): ReplayCancel {
  const isLate = pollsAfter > 0 || again === 'accepted'
  if (!isLate) return {}
  const cancel = { polls: pollsAfter }
  if (wentOn) {
    return {
      cancel,
      departure: 'went on after a cancellation was accepted, and was cancelled after that',
    }
  }
  return again === 'refused' ? { cancel, departure: REFUSED_AGAIN } : { cancel }
}

/** It ended otherwise, or was not seen to end. */
function withoutEffect(
  { pollsAfter, again, wentOn }: CancelCourse,
  { end, endedUnseen }: OrderCourse,
): ReplayCancel {
  const departure = again === 'refused' ? { departure: REFUSED_AGAIN } : {}
  if (end || endedUnseen || wentOn) return { cancel: 'overtaken', ...departure }
  // Nothing was seen of it afterwards: that it was done at once fits as well as anything.
  if (pollsAfter === 0 && again !== 'accepted') return {}
  return { cancel: 'held', ...departure }
}

const REFUSED_AGAIN = 'had a cancellation refused after one was accepted, and ended between them'
