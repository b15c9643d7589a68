import type { Clock } from '../clock.ts'
import {
  digestOf,
  HMAC_ALGORITHM,
  keyOf,
  REQUEST_LINE,
  type Signable,
  signatureOf,
  signingString,
} from './hmac-signature.ts'
import type { HmacCredentials } from './options.ts'

/** Puts date, digest and signature into the headers of a request that is otherwise complete. */
export type Signer = (
  request: Signable & { readonly headers: Headers; readonly body: string },
) => void

/** What is signed: everything the reference wants in every request, and the request itself. */
const SIGNED = ['date', REQUEST_LINE, 'digest'] as const

/** A `plain-string` of the grammar that is not empty. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/
const BASE64 = /^[\w+/-]{2,}={0,2}$/

/**
 * A signer for one user. Nothing but its headers shows the secret's work, and nothing shows the secret.
 *
 * @throws {TypeError} See `createIntegralClient`. Neither user id nor secret is quoted.
 * @see Fact sheet 1.5 [reference; inferred: a comma and a space between all parameters].
 */
export function hmacSigner(
  { userId, secret, secretEncoding = 'utf-8' }: HmacCredentials,
  clock: Clock,
): Signer {
  if (!PLAIN.test(userId))
    throw misfit('the user id has to be printable ASCII without quotation marks and backslashes')
  if (secret === '') throw misfit('the secret is empty')
  if (secretEncoding === 'base64' && !BASE64.test(secret)) throw misfit('the secret is no base64')
  const key = keyOf(secret, secretEncoding)

  return ({ method, target, headers, body }) => {
    headers.set('Date', new Date(clock.now()).toUTCString())
    headers.set('Digest', digestOf(body))
    headers.set('type', 'hmac')
    const parameters = {
      username: userId,
      algorithm: HMAC_ALGORITHM,
      headers: SIGNED.join(' '),
      signature: signatureOf(signingString(SIGNED, { method, target, headers }), key),
    }
    const texts = Object.entries(parameters).map(([name, value]) => `${name}="${value}"`)
    headers.set('Authorization', `hmac ${texts.join(', ')}`)
  }
}

function misfit(why: string): TypeError {
  return new TypeError(`Failed to set up HMAC: ${why}. Use both as Integral issued them.`)
}
