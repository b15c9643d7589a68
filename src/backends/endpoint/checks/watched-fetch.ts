import type { Clock } from '../../../api/clock.ts'
import type { Fetch } from '../../../api/fetch.ts'
import type { Redactor } from '../../../evidence/redaction.ts'

/** The last answer, as it came over the wire. */
export interface Wire {
  readonly headers: Headers
  /** Epoch milliseconds, before the request left and when the head of its answer was there. */
  readonly sentAt: number
  readonly receivedAt: number
}

/** A fetch that remembers the last answer, and has the redactor learn every secret that passes. */
export function watchedFetch(
  fetch: Fetch,
  clock: Clock,
  redactor: Redactor,
): { readonly fetch: Fetch; last(): Wire | undefined } {
  let wire: Wire | undefined
  return {
    last: () => wire,
    fetch: async (request) => {
      redactor.redactHeaders(request.headers)
      const sentAt = clock.now()
      const answer = await fetch(request)
      wire = { headers: answer.headers, sentAt, receivedAt: clock.now() }
      redactor.redactHeaders(answer.headers)
      return answer
    },
  }
}
