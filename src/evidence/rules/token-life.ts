import type { TokenUse } from '../token-ledger.ts'

/** So long after it left, a request may still have reached the server, and have been a use of the token. */
const LATE_ARRIVAL_MS = 30_000

/**
 * When a token was over for certain, in epoch milliseconds; `undefined` where that is not known. Its use
 * may have given it a whole life more (setting 2).
 */
export function overAt({ issuedAt, expiresAt, usedAt }: TokenUse): number | undefined {
  if (issuedAt === undefined || expiresAt === undefined || expiresAt <= issuedAt) return undefined
  const lifeMs = expiresAt - issuedAt
  return usedAt === undefined ? expiresAt : Math.max(expiresAt, usedAt + lifeMs + LATE_ARRIVAL_MS)
}
