import type { User } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { readToken } from './token-carriers.ts'

/** Makes a handler that wants to know its user into one that asks for the token first. */
export type Authenticated = (
  handle: (request: DoorRequest, user: User) => DoorAnswer,
) => Row['handle']

/** Asks every request for its token, and counts it against the organisation's rate limit. */
export function authenticatedBy({ sessions, settings, clock }: Exchange): Authenticated {
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
    const user = sessions.authenticate(readToken(request, settings))
    if (!user.ok) return errorAnswer(user.refusal, settings)
    if (isTooFast(user.value)) {
      const detail = `More than ${settings.rateLimit} requests a second.`
      return errorAnswer({ reason: 'rate-limit', detail }, settings)
    }
    return handle(request, user.value)
  }
}
