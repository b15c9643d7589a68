import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'

/** So long after it left, a request of another scenario may still have been a use of the token. */
const LATE_ARRIVAL_MS = 30_000

/**
 * When the token that goes along with a request was over for certain, in epoch milliseconds; `undefined`
 * where that is not known. Its use may have given it a whole life more (setting 2).
 */
export function overAt({ exchange: { token }, number }: Reading, { made }: Matter) {
  const { issuedAt, expiresAt, usedAt } = token ?? {}
  if (issuedAt === undefined || expiresAt === undefined || expiresAt <= issuedAt) return undefined
  if (usedAt === undefined) return expiresAt
  const uses = made.filter(
    (each) => each.number < number && each.exchange.token?.number === token?.number,
  )
  const isKnown = uses.some(({ exchange }) => exchange.at >= usedAt)
  const usedUntil = Math.max(
    isKnown ? usedAt : usedAt + LATE_ARRIVAL_MS,
    ...uses.map(({ doneAt }) => doneAt),
  )
  return Math.max(expiresAt, usedUntil + expiresAt - issuedAt)
}
