import { Temporal } from 'temporal-polyfill'
import { zoned } from './dates.ts'

/** The clock that the FX day goes by. Fact sheet 5 [reference: FIX page]. */
const MARKET_ZONE = 'America/New_York'
const CLOSE = Temporal.PlainTime.from('17:00')
const REOPEN = Temporal.PlainTime.from('17:00:10')
const FRIDAY = 5
const SATURDAY = 6
const SUNDAY = 7

/** Whether order sessions run: Sunday 17:00:10 to Friday 17:00 New York, less ten seconds a day. */
export function isMarketOpen(epochMs: number): boolean {
  const now = zoned(epochMs, MARKET_ZONE)
  const time = now.toPlainTime()
  const beforeClose = Temporal.PlainTime.compare(time, CLOSE) < 0
  const reopened = Temporal.PlainTime.compare(time, REOPEN) >= 0
  if (now.dayOfWeek === SATURDAY) return false
  if (now.dayOfWeek === SUNDAY) return reopened
  if (now.dayOfWeek === FRIDAY) return beforeClose
  return beforeClose || reopened
}

/**
 * When a DAY order ends: the next cut-off in New York, whatever the season there. There is none on
 * Saturdays and Sundays, so what is placed after Friday's ends on Monday.
 *
 * @param cutoff - `HH:mm` in New York.
 * @returns Epoch milliseconds, later than `epochMs`.
 */
export function nextCutoff(epochMs: number, cutoff: string): number {
  const now = zoned(epochMs, MARKET_ZONE)
  const time = Temporal.PlainTime.from(cutoff)
  const today = now.withPlainTime(time)
  // The time is set anew for tomorrow: today's may have been moved out of the gap of a clock change.
  const tomorrow = now.add({ days: 1 }).withPlainTime(time)
  let next = Temporal.ZonedDateTime.compare(today, now) > 0 ? today : tomorrow
  while (next.dayOfWeek > FRIDAY) next = next.add({ days: 1 }).withPlainTime(time)
  return next.epochMilliseconds
}
