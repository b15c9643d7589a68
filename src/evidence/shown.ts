import { cut } from './cut.ts'
import type { Exchange } from './exchange.ts'

/**
 * Longest body that is shown, in characters. Judged are the exchanges before the cut, so that a long
 * answer is judged whole.
 */
const MAX_BODY_LENGTH = 100_000

/** An exchange with long bodies cut, and saying so. */
export function shown(exchange: Exchange, maxBodyLength = MAX_BODY_LENGTH): Exchange {
  const { request, response } = exchange
  return {
    ...exchange,
    request: { ...request, ...cutBody(request.body, maxBodyLength) },
    ...(response ? { response: { ...response, ...cutBody(response.body, maxBodyLength) } } : {}),
  }
}

function cutBody(body: string | undefined, most: number): { body?: string } {
  return body === undefined ? {} : { body: cut(body, most) }
}
