import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'

/** With what a session that is wanting may be told, by whatever server (setting 8); redirects besides. */
const SESSION_CODES = [400, 401, 403, 404, 407, 419, 440]

/**
 * Whether a request may have been refused for want of a session. Sessions end in many ways (settings 1 to
 * 6), but do not begin again by themselves: what went with a token that served later was refused for
 * another reason. Where nobody passes tokens, none is wanted.
 */
export function mayLackSession(
  { exchange, number, status = 0 }: Reading,
  { readings }: Matter,
): boolean {
  const { token } = exchange
  if (status >= 400 && !SESSION_CODES.includes(status)) return false
  if (!token) return readings.some((reading) => reading.exchange.token !== undefined)
  const later = readings.filter((reading) => reading.number > number)
  const renewed = later.findIndex((reading) => reading.exchange.issuedToken === token.number)
  return !later
    .slice(0, renewed < 0 ? later.length : renewed)
    .some((reading) => reading.exchange.token?.number === token.number && isServed(reading))
}

/** A login needs no session, and a renewal may be had after it has expired. Fact sheet 1.4 [reference]. */
function isServed({ operation, isSuccess }: Reading): boolean {
  return isSuccess && operation !== 'login' && operation !== 'renew'
}
