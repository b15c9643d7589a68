import { assert } from 'chai'

/** How a date is written, down to the hour: `2026-11-26T21:`, `2026-11-26 21:`, `20261126T21`. */
const WRITTEN = /\b(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d)(?=:?\d\d)/g
const ZONE = /\b(?:NZ[SD]T|GMT\+1[23](?::?00)?)\b|\d[+]1[23]:?00\b/

/**
 * Asserts that a text of a run has no date of the wall clock in a zone that is more than an hour from UTC.
 *
 * @param since - When the run began; it is over by now.
 */
export function assertDatedInUtc(text: string, since: Date, zone: string, name: string): void {
  const wrong = hoursOf(since, zone)
  assert.isEmpty([...wrong].filter((hour) => hoursOf(since, 'UTC').has(hour)))
  for (const [whole, year, month, day, hour] of text.matchAll(WRITTEN)) {
    assert.isFalse(wrong.has(`${year}${month}${day}${hour}`), `${name} has a local date: ${whole}`)
  }
  assert.notMatch(text, ZONE, name)
}

/** The hours of a zone that lie between then and now, e.g. `2026112621`. */
function hoursOf(since: Date, timeZone: string): ReadonlySet<string> {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
  })
  return new Set([since, new Date()].map((at) => parts.format(at).replaceAll(/\D/g, '')))
}
