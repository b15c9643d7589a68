/* The shapes of dates and times in answers (fact sheet, section 0). All in UTC. */

const DAY_MS = 86_400_000

/** `YYYY-MM-DD` */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `yyyymmdd` */
export const compactDayOf = (ms: number): string => dayOf(ms).replaceAll('-', '')

/** `yyyy-MM-dd HH:mm:ss,SSS +0000` */
export const stampOf = (ms: number): string =>
  `${new Date(ms).toISOString().replace('T', ' ').replace('.', ',').replace('Z', '')} +0000`

/** Epoch milliseconds of `yyyy-MM-dd HH:mm:ss,SSS Z`, or NaN. */
export function parseStamp(text: unknown): number {
  const shape = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3}) ([+-]\d\d)(\d\d)$/
  const [, day, time, millis, hours, minutes] = shape.exec(String(text)) ?? []
  return Date.parse(`${day}T${time}.${millis}${hours}:${minutes}`)
}

/** Whether `text` is a day that exists, `YYYY-MM-DD`. */
export function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && dayOf(ms) === text
}

const isWeekend = (ms: number): boolean => [0, 6].includes(new Date(ms).getUTCDay())

/** The second working day after `ms`; holidays are not known. */
export function spotDateOf(ms: number): number {
  const next = (day: number): number =>
    isWeekend(day + DAY_MS) ? next(day + DAY_MS) : day + DAY_MS
  return next(next(ms))
}
