import type { User } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { hmacAuthentication } from './hmac-authentication.ts'
import { isSigned } from './hmac-credentials.ts'
import { readToken } from './token-carriers.ts'

/** Makes a handler that wants to know its user into one that asks for token or signature first. */
export type Authenticated = (
  handle: (request: DoorRequest, user: User) => DoorAnswer,
) => Row['handle']

/**
 * Asks every request for its token or signature, and counts it against the organisation's rate limit.
 */
export function authenticatedBy(exchange: Exchange): Authenticated {
  const { sessions, settings, clock } = exchange
  const method = settings['auth.method']
  const bySignature = hmacAuthentication(exchange)
  const counts = new Map<string, { second: number; requests: number }>()

  const isTooFast = ({ org }: User): boolean => {
    const limit = settings.rateLimit
    if (limit === 'off') return false
    const second = Math.floor(clock.now() / 1_000)
    const earlier = counts.get(org)
    const requests = (earlier?.second === second ? earlier.requests : 0) + 1
    counts.set(org, { second, requests })
    return requests > limit
  }

  return (handle) => (request) => {
    const signed = method === 'hmac' || (method === 'either' && isSigned(request.headers))
    const user = signed ? bySignature(request) : sessions.authenticate(readToken(request, settings))
    if (!user.ok) {
      const status = signed ? settings['hmac.failureStatus'] : undefined
      return errorAnswer(user.refusal, settings, status)
    }
    if (isTooFast(user.value)) {
      const detail = `More than ${settings.rateLimit} requests a second.`
      return errorAnswer({ reason: 'rate-limit', detail }, settings)
    }
    return handle(request, user.value)
  }
}
