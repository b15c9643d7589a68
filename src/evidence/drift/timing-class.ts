/**
 * How long something takes, as far as polling can tell: after `fromMs` it had not come, at `toMs` it was
 * there. Milliseconds of the backend's clock.
 */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
  readonly exchanges: readonly number[]
  /** How long the order was good for, in milliseconds, where its end came of that. */
  readonly goodForMs?: number | undefined
}

export type TimingClass = 'at once' | 'within polls' | 'seconds' | 'minutes' | 'at expiry'

/** Upper bounds of the classes, included, in milliseconds. */
const AT_ONCE_MS = 100
/** A few polls, however they are spaced. */
export const WITHIN_POLLS_MS = 1_000
const SECONDS_MS = 60_000

/** Part of its time in force after which an order ended by it: clocks and polls differ a little. */
const NEARLY_EXPIRED = 0.9

/** The class of a span, by when it was over at the latest. */
export function timingClassOf({ toMs, goodForMs }: Span): TimingClass {
  if (goodForMs !== undefined && toMs >= goodForMs * NEARLY_EXPIRED) return 'at expiry'
  if (toMs <= AT_ONCE_MS) return 'at once'
  if (toMs <= WITHIN_POLLS_MS) return 'within polls'
  return toMs <= SECONDS_MS ? 'seconds' : 'minutes'
}

/** How often as long the one must have taken at least, to be told from a poll that came late. */
const CLEARLY = 2

/**
 * Whether two spans are of different classes, and certainly so: where both may have taken the same time
 * and were only looked at at different moments, they are not. What is there at once, and what is there
 * within a few polls, is one to whoever polls.
 */
export function differInTiming(one: Span, other: Span): boolean {
  const [a, b] = [timingClassOf(one), timingClassOf(other)].map((name) =>
    name === 'at once' ? 'within polls' : name,
  )
  if (a === b) return false
  if (a === 'at expiry' || b === 'at expiry') return true
  return one.fromMs > other.toMs * CLEARLY || other.fromMs > one.toMs * CLEARLY
}
