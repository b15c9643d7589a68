import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { ApiRequest } from './requests.ts'

/** Signed headers that a request may not leave out (section 6, row 12). */
const SIGNED = ['date', 'request-line', 'digest']

const credentials =
  /^hmac\s+username="([^"\\]*)",\s*algorithm="([^"\\]*)",\s*headers="([^"\\]*)",\s*signature="([^"\\]*)"$/

/** Section 1.5: `SHA-256=` and the base64 of the body's hash. */
export const digestOf = (body: string): string =>
  `SHA-256=${createHash('sha256').update(body).digest('base64')}`

/** Section 1.5: the signature of the headers `names`, in lower case, in that order. */
export function signatureOf(
  secret: string,
  names: readonly string[],
  request: Pick<ApiRequest, 'method' | 'target' | 'headers'>,
): string {
  const lines = names.map((name) =>
    name === 'request-line'
      ? `${request.method} ${request.target} HTTP/1.1`
      : `${name}: ${String(request.headers[name] ?? '')}`,
  )
  return createHmac('sha256', secret).update(lines.join('\n')).digest('base64')
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** What is wrong with the signature of `request`, or undefined if it is good. */
export function signatureProblem(
  request: ApiRequest,
  hmac: { readonly secret: string; readonly skewMs: number },
  user: string,
): string | undefined {
  const { authorization = '', date = '', digest, type } = request.headers
  if (type !== 'hmac') return 'The header type must say hmac.'
  const [, username, algorithm, headers = '', signature = ''] =
    credentials.exec(authorization) ?? []
  if (username === undefined) return 'The header Authorization does not follow the grammar.'
  if (username !== user) return 'HMAC signature cannot be verified: unknown user.'
  if (algorithm !== 'hmac-sha256') return 'The algorithm must be hmac-sha256.'
  const names = headers.toLowerCase().split(' ')
  if (!SIGNED.every((name) => names.includes(name)))
    return `The signed headers must include ${SIGNED.join(', ')}.`
  const offMs = Math.abs(Date.parse(date) - Date.now())
  if (!(offMs <= hmac.skewMs)) return 'HMAC signature cannot be verified: Date is missing or off.'
  if (digest !== digestOf(request.body)) return 'The header Digest does not match the body.'
  if (!same(signature, signatureOf(hmac.secret, names, request)))
    return 'HMAC signature does not match.'
  return undefined
}
