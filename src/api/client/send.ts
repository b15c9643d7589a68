import type { ClientQueryPath } from '../contract/client-query-path.ts'
import { endpoints, type Operation } from '../contract/endpoints.ts'
import type { Fetch } from '../fetch.ts'
import { knownText, withText } from '../known-text.ts'
import { addressOf } from './address.ts'
import type { Signer } from './hmac-signer.ts'
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

/** What shows who sends a request: a token that goes along, a signature made for it, or nothing. */
export type Proof = string | Signer | undefined

/**
 * Sends one request, once, and reads the whole answer. Redirects are not followed, so that a token
 * goes to the configured host only.
 *
 * @throws {NoAnswerError} No answer, not HTTP, or an answer cut short.
 * @throws {RangeError} See `addressOf`.
 * @throws {TypeError} The token or the body cannot be sent.
 */
export async function send(
  sender: Sender,
  operation: Operation,
  input: CallInput,
  proof: Proof,
): Promise<Received> {
  const { method } = endpoints[operation]
  const url = sender.baseUrl + addressOf(operation, input, sender.clientQueryPath)
  const requestId = sender.newRequestId()
  const body = input.rawBody ?? (input.body === undefined ? undefined : JSON.stringify(input.body))
  const headers = new Headers({ Accept: 'application/json', 'X-Request-ID': requestId })
  const contentType = input.contentType ?? (body === undefined ? undefined : 'application/json')
  if (contentType !== undefined) headers.set('Content-Type', contentType)
  if (typeof proof === 'string') passToken(headers, proof, sender.tokenTransport)
  else proof?.({ method, target: targetOf(url), headers, body: body ?? '' })
  const request = withText(
    new Request(url, { method, headers, body: body ?? null, redirect: 'manual' }),
    body,
  )

  let httpStatus: number | undefined
  try {
    const response = await sender.fetch(request)
    httpStatus = response.status
    return {
      httpStatus,
      headers: response.headers,
      raw: knownText(response) ?? (await response.text()),
      requestId,
    }
  } catch (cause) {
    throw new NoAnswerError({ operation, method, url, requestId, httpStatus }, cause)
  }
}

/** Path and query as `fetch` sends them: URL parsers encode a few characters more. */
function targetOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
