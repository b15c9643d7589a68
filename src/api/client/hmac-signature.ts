import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** The one algorithm of the grammar. Fact sheet 1.5 [reference]. */
export const HMAC_ALGORITHM = 'hmac-sha256'

/** Stands among the names of the signed headers for the first line of the request. */
export const REQUEST_LINE = 'request-line'

/** How the text of a secret becomes a key. Fact sheet 6, row 12 [unseen]. */
export type SecretEncoding = 'utf-8' | 'base64'

/** What can be signed of a request. */
export interface Signable {
  readonly method: string
  /** Path and query exactly as they are sent, percent-encoding and all. */
  readonly target: string
  readonly headers: Pick<Headers, 'get'>
}

export function keyOf(secret: string, encoding: SecretEncoding): KeyObject {
  return createSecretKey(Buffer.from(secret, encoding))
}

/** What the `Digest` header has to say of a body; there is a digest of no body too. */
export function digestOf(body: string | Uint8Array): string {
  return `SHA-256=${createHash('sha256').update(body).digest('base64')}`
}

/**
 * The text that a signature signs.
 *
 * @param names - In the order of signing: of headers that the request has, in lower case, or
 * {@link REQUEST_LINE}.
 * @see Fact sheet 1.5, "Signing string" [reference].
 */
export function signingString(
  names: readonly string[],
  { method, target, headers }: Signable,
): string {
  return names
    .map((name) =>
      name === REQUEST_LINE
        ? `${method} ${target} HTTP/1.1`
        : `${name}: ${headers.get(name) ?? ''}`,
    )
    .join('\n')
}

/** The signature of a text whose characters are bytes, as those of headers are; in base64. */
export function signatureOf(text: string, key: KeyObject): string {
  return createHmac('sha256', key).update(text, 'latin1').digest('base64')
}
