import { getResponse, type HttpHandler, HttpResponse } from 'msw'

/** What `fetch` and Node say of a connection that the other side resets. */
const RESET = { code: 'ECONNRESET', message: 'read ECONNRESET' } as const

/**
 * Has MSW cut the connection. The `fetch` that then fails has this response for its `cause`, so the
 * code stands where it would stand in the error of a real one.
 */
export function cutConnection(): Response {
  return Object.assign(HttpResponse.error(), RESET)
}

/**
 * Calls handlers directly, without a socket.
 *
 * @param context - Handed to the handlers as it is.
 * @returns `undefined` where none of them answers such a request.
 * @throws {TypeError} The connection was cut, as a real `fetch` says it.
 * @throws The reason of the request's signal, as soon as it is aborted.
 */
export async function callDirectly(
  handlers: readonly HttpHandler[],
  request: Request,
  context?: Parameters<typeof getResponse>[2],
): Promise<Response | undefined> {
  const answer = getResponse([...handlers], request, context)
  const response = await unlessAborted(request.signal, answer)
  if (response?.type !== 'error') return response
  const cause = Object.assign(new Error(RESET.message), { code: RESET.code, syscall: 'read' })
  throw new TypeError('fetch failed', { cause })
}

/** The handlers may wait, on their clock, for longer than whoever asked. */
async function unlessAborted<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let forget = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
    forget = () => signal.removeEventListener('abort', abort)
  })
  return Promise.race([answer, aborted]).finally(forget)
}
