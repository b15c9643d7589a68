import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Fetch } from '../../api/fetch.ts'
import type { EndpointAddress } from './dispatcher-connect.ts'

/** Status codes whose answers have no body by definition. */
const BODILESS: readonly number[] = [204, 205, 304]

/** An answer that took too long as a whole, however lively it trickled in. */
class SlowAnswerError extends Error {
  override readonly name = 'SlowAnswerError'
  readonly code = 'ETIMEDOUT'
}

/**
 * Sends each request once, over the dispatcher. Its limits of time bound connecting, the first byte
 * and the silence between two bytes; their sum bounds the whole exchange. A redirect is an answer like
 * any other.
 *
 * undici's `request` and not its `fetch`: that one sends again, by its standard, whatever was answered
 * with 421, an order too, and hides a 407.
 */
export function endpointFetch(
  { settings }: Pick<EndpointAddress, 'settings'>,
  dispatcher: Dispatcher,
): Fetch {
  const withinMs =
    settings['connect.withinMs'] + settings['headers.withinMs'] + settings['body.withinMs']
  return async (request) => {
    const { origin, pathname, search } = new URL(request.url)
    const content = request.body && (await request.text())
    const limit = new AbortController()
    const timer = setTimeout(
      () => limit.abort(new SlowAnswerError(`No whole answer within ${withinMs} ms.`)),
      withinMs,
    )
    try {
      const answer = await dispatcher.request({
        origin,
        path: pathname + search,
        method: request.method as Dispatcher.HttpMethod,
        headers: Object.fromEntries(request.headers),
        body: content,
        signal: AbortSignal.any([request.signal, limit.signal]),
      })
      answer.body.once('close', () => clearTimeout(timer))
      return responseOf(answer)
    } catch (error) {
      clearTimeout(timer)
      throw error
    }
  }
}

function responseOf({ statusCode: status, headers: received, body }: Dispatcher.ResponseData) {
  const headers = new Headers()
  for (const [name, values] of Object.entries(received))
    for (const value of [values ?? []].flat()) headers.append(name, value)
  if (!BODILESS.includes(status)) {
    return new Response(Readable.toWeb(body) as ReadableStream, { status, headers })
  }
  body.resume()
  return new Response(null, { status, headers })
}
