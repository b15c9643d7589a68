import type { ClientQueryPath } from '../contract/client-query-path.ts'
import { endpoints, type Operation } from '../contract/endpoints.ts'
import type { Fetch } from '../fetch.ts'
import { addressOf } from './address.ts'
import { NoAnswerError } from './no-answer-error.ts'
import type { CallInput } from './options.ts'
import { passToken, type TokenTransport } from './token.ts'

/** One HTTP answer, complete and not yet judged. */
export interface Received {
  readonly httpStatus: number
  readonly headers: Headers
  readonly raw: string
  readonly requestId: string
}

/** How requests leave: what they have in common. */
export interface Sender {
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly tokenTransport: TokenTransport
  readonly newRequestId: () => string
  readonly clientQueryPath: ClientQueryPath
}

/**
 * Sends one request, once, and reads the whole answer. Redirects are not followed, so that a token
 * goes to the configured host only.
 *
 * @param token - `undefined` sends none.
 * @throws {NoAnswerError} No answer, not HTTP, or an answer cut short.
 * @throws {RangeError} See `addressOf`.
 * @throws {TypeError} The token or the body cannot be sent.
 */
export async function send(
  sender: Sender,
  operation: Operation,
  input: CallInput,
  token: string | undefined,
): Promise<Received> {
  const { method } = endpoints[operation]
  const url = sender.baseUrl + addressOf(operation, input, sender.clientQueryPath)
  const requestId = sender.newRequestId()
  const body = input.rawBody ?? (input.body === undefined ? undefined : JSON.stringify(input.body))
  const headers = new Headers({ Accept: 'application/json', 'X-Request-ID': requestId })
  const contentType = input.contentType ?? (body === undefined ? undefined : 'application/json')
  if (contentType !== undefined) headers.set('Content-Type', contentType)
  if (token !== undefined) passToken(headers, token, sender.tokenTransport)
  const request = new Request(url, { method, headers, body: body ?? null, redirect: 'manual' })

  let httpStatus: number | undefined
  try {
    const response = await sender.fetch(request)
    httpStatus = response.status
    return { httpStatus, headers: response.headers, raw: await response.text(), requestId }
  } catch (cause) {
    throw new NoAnswerError({ operation, method, url, requestId, httpStatus }, cause)
  }
}
