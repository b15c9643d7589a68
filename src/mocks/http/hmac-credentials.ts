import type { RequestHeaders } from './door.ts'
/** What an `Authorization: hmac …` claims. */
export interface HmacCredentials {
  readonly username: string
  readonly algorithm: string
  /** Names of the signed headers in the order of signing, in lower case; at least one. */
  readonly names: readonly string[]
  readonly signature: string
}

const OWS = '[ \\t]*'
/** A `plain-string` of the grammar. */
const PLAIN = '"([\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]*)"'
const PARAMETERS = ['username', 'algorithm', 'headers', 'signature']
  .map((name) => `${name}${OWS}=${OWS}${PLAIN}`)
  .join(`${OWS},${OWS}`)
// Names of schemes and of parameters know no case (RFC 9110, 11.1 and 11.2).
const CREDENTIALS = new RegExp(`^hmac[ \\t]+${PARAMETERS}$`, 'i')
const HEADER_NAME = /^[!#$%&'*+.^`|~\w-]+$/

/** Whether a request means to be signed, however badly. */
export function isSigned(headers: RequestHeaders): boolean {
  const authorization = headers.get('authorization')
  return authorization !== null && /^hmac(?![\w-])/i.test(authorization)
}

/**
 * Takes credentials apart; `undefined` where they are not of the grammar. Its parameters have a fixed
 * order, with or without white space between them.
 *
 * @see Fact sheet 1.5 [reference; inferred: the order is enforced, white space is not].
 */
export function readCredentials(headers: RequestHeaders): HmacCredentials | undefined {
  const parts = CREDENTIALS.exec(headers.get('Authorization') ?? '')
  if (!parts) return undefined
  const [, username = '', algorithm = '', list = '', signature = ''] = parts
  const names = list.toLowerCase().split(' ')
  if (!names.every((name) => HEADER_NAME.test(name))) return undefined
  return { username, algorithm, names, signature }
}
