import type { Operation } from '../../api/contract/endpoints.ts'
import type { Reading } from '../reading/reading.ts'
import { type Difference, shown } from './difference.ts'

/**
 * Compares the HTTP codes with which requests of one kind were answered in a step. A token that ran out
 * on the way is renewed, and the request made again: a 401 besides what the other side saw is a matter
 * of when, and no difference.
 */
export function compareCodes(
  operation: Operation,
  here: readonly Reading[],
  there: readonly Reading[],
): Difference[] {
  const [one, other] = [codesOf(here), codesOf(there)]
  const more = [...one.keys()].filter((code) => !other.has(code))
  const otherMore = [...other.keys()].filter((code) => !one.has(code))
  if (more.length + otherMore.length === 0) return []
  if (isRenewed(more, otherMore, one) || isRenewed(otherMore, more, other)) return []
  const side = (codes: ReadonlyMap<string, readonly number[]>, what: readonly string[]) =>
    shown(
      [...codes.keys()].sort().join(', '),
      (what.length > 0 ? what : [...codes.keys()]).flatMap((code) => codes.get(code) ?? []),
    )
  return [
    {
      rule: 'drift.http-code',
      subject: operation,
      simulation: side(one, more),
      endpoint: side(other, otherMore),
    },
  ]
}

function codesOf(readings: readonly Reading[]): ReadonlyMap<string, readonly number[]> {
  const codes = new Map<string, number[]>()
  for (const { status, number } of readings) {
    const code = status === undefined ? 'no answer' : String(status)
    codes.set(code, [...(codes.get(code) ?? []), number])
  }
  return codes
}

function isRenewed(
  more: readonly string[],
  otherMore: readonly string[],
  codes: ReadonlyMap<string, unknown>,
): boolean {
  return otherMore.length === 0 && more.length === 1 && more[0] === '401' && codes.size > 1
}
