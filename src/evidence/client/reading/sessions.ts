import type { Reading } from '../../reading/reading.ts'
import type { WatchedExchange } from '../watched-exchange.ts'

interface Asked {
  readonly user: string
  readonly session: string
}

/**
 * Whose request each is, and in which session: a login begins one, a renewal goes on with it whatever token it
 * brings.
 */
export function sessionsOf(
  readings: readonly (Reading & { readonly exchange: WatchedExchange })[],
): readonly Asked[] {
  const byToken = new Map<number, Asked>()
  return readings.map((reading) => {
    const { exchange, isSuccess } = reading
    const { token, issuedToken } = exchange
    const asked = askedIn(reading, token && byToken.get(token.number))
    if (token && !byToken.has(token.number)) byToken.set(token.number, asked)
    if (issuedToken !== undefined && isSuccess) byToken.set(issuedToken, asked)
    return asked
  })
}

/** @param held - What is known of the token that went along. */
function askedIn(
  { exchange, operation, sent, number }: Reading & { readonly exchange: WatchedExchange },
  held: Asked | undefined,
): Asked {
  const { token, user } = exchange
  if (operation === 'login') {
    return { user: user ?? String(sent?.user ?? ''), session: `login ${number}` }
  }
  const known = user ?? held?.user ?? ''
  return { user: known, session: held?.session ?? (token ? `token ${token.number}` : known) }
}
