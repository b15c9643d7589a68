import { timingSafeEqual } from 'node:crypto'
import {
  keyOf,
  type Signable,
  signatureOf,
  signingString,
} from '../../api/client/hmac-signature.ts'
import type { Directory, EnrolledUser } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { type Result, refuse, success } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorRequest } from './door.ts'
import { problemOf } from './hmac-checks.ts'
import { type HmacCredentials, isSigned, readCredentials } from './hmac-credentials.ts'

/** What it takes to tell who signed. */
export interface Verifier extends Pick<Exchange, 'settings' | 'clock'> {
  readonly directory: Pick<Directory, 'named'>
}

/**
 * Tells who signed a request, as of now. Its `username` is the name of a user; of namesakes in several
 * organisations it is the one whose secret signed.
 *
 * @see Fact sheet 1.5 [reference; inferred: what is checked]; 6, row 12.
 */
export function hmacAuthentication({ directory, settings, clock }: Verifier) {
  return (request: DoorRequest): Result<EnrolledUser> => {
    if (!isSigned(request.headers))
      return refuse('not-authenticated', 'The request carries no Authorization: hmac ….')
    const credentials = readCredentials(request.headers)
    if (!credentials) return failed('Authorization does not follow the grammar of hmac.')
    const problem = problemOf({ credentials, request, settings, now: clock.now() })
    if (problem !== undefined) return failed(problem)
    const namesakes = directory.named(credentials.username)
    if (namesakes.length === 0) return failed('The username is unknown.')
    const user = signerAmong(namesakes, request, credentials, settings)
    return user ? success(user) : failed('The signature does not match.')
  }
}

/** Whose secret signed a request, whatever else there is to say about it. */
export function signerAmong(
  users: readonly EnrolledUser[],
  request: DoorRequest,
  { names, signature }: HmacCredentials,
  settings: Settings,
): EnrolledUser | undefined {
  const text = signingString(names, signableOf(request))
  return users.find(({ hmacSecret }) => {
    const key = keyOf(hmacSecret, settings['hmac.secretEncoding'])
    return equal(signatureOf(text, key), signature)
  })
}

const failed = (detail: string) => refuse('bad-signature', detail)

function signableOf({ method, headers, wire, pathname, query }: DoorRequest): Signable {
  const target = wire?.target ?? (query.size === 0 ? pathname : `${pathname}?${query}`)
  return { method, target, headers }
}

function equal(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}
