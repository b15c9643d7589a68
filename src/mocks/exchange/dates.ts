import { Temporal } from 'temporal-polyfill'

const DAY_MS = 86_400_000

/** `YYYY-MM-DD` of an instant, in UTC unless told otherwise. */
export function isoDate(epochMs: number, timeZone = 'UTC'): string {
  return timeZone === 'UTC' ? utcDate(epochMs) : dateIn(epochMs, timeZone)
}

const utcDate = oncePerDay((epochMs) => dateIn(epochMs, 'UTC'))

function dateIn(epochMs: number, timeZone: string): string {
  return zoned(epochMs, timeZone).toPlainDate().toString()
}

/** What is dated is mostly of the same day as the last that was: the calendar is asked once a day of UTC. */
function oncePerDay(compute: (epochMs: number) => string): (epochMs: number) => string {
  let known = { day: Number.NaN, text: '' }
  return (epochMs) => {
    const day = Math.floor(epochMs / DAY_MS)
    if (day !== known.day) known = { day, text: compute(epochMs) }
    return known.text
  }
}

/** `yyyy-MM-dd HH:mm:ss,SSS +0000`. Fact sheet 0, table of timestamp shapes [reference]. */
export function stamp(epochMs: number): string {
  const iso = new Date(epochMs).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)},${iso.slice(20, 23)} +0000`
}

/**
 * The instant of a stamp, in epoch milliseconds; `undefined` where it is no date at all.
 *
 * @param text - `yyyy-MM-dd HH:mm:ss,SSS Z`.
 */
export function parseStamp(text: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3}) ([+-]\d\d)(\d\d)$/.exec(text)
  if (!parts) return undefined
  const [, date, time, millis, hours, minutes] = parts
  try {
    return Temporal.Instant.from(`${date}T${time}.${millis}${hours}:${minutes}`).epochMilliseconds
  } catch {
    return undefined
  }
}

/** Whether a text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** Two business days on, weekends left out, holidays not. Fact sheet 2.8 says not to rely on it. */
export const spotDate = oncePerDay((epochMs) => {
  let date = zoned(epochMs, 'UTC').toPlainDate()
  for (let left = 2; left > 0; ) {
    date = date.add({ days: 1 })
    if (date.dayOfWeek <= 5) left--
  }
  return date.toString()
})

export function zoned(epochMs: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone)
}
