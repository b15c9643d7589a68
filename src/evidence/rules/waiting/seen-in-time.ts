import type { View } from '../../reading/own-orders.ts'

/**
 * Whether an end was seen while it was not late yet: in time after it was due or, since an order may move
 * only when somebody looks (setting 25), after the first of the looks, where that found it without its end.
 * What is seen later has perhaps come late, unseen, and shows nothing.
 */
export function isSeenInTime(
  end: View,
  dueAt: number,
  [first]: readonly View[],
  withinMs: number,
): boolean {
  const since = first && first !== end ? Math.max(dueAt, first.reading.exchange.at) : dueAt
  return end.reading.doneAt <= since + withinMs
}
