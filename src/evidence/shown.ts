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
    request: { ...request, ...cut(request.body, maxBodyLength) },
    ...(response ? { response: { ...response, ...cut(response.body, maxBodyLength) } } : {}),
  }
}

function cut(body: string | undefined, most: number): { body?: string } {
  if (body === undefined) return {}
  if (body.length <= most) return { body }
  const kept = body.slice(0, most)
  return {
    body: `${kept}\n… [cut here: the first ${kept.length} of ${body.length} characters are shown]`,
  }
}
