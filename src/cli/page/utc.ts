/** `2026-11-26 08:15:02 UTC`. @param when - A date, or one as ISO 8601. */
export function utc(when: Date | string): string {
  const date = typeof when === 'string' ? new Date(when) : when
  // What is no date is shown as it was written.
  if (Number.isNaN(date.getTime())) return String(when)
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}
