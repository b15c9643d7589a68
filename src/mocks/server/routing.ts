import { hmacAuthentication } from '../http/hmac-authentication.ts'
import { isSigned, readCredentials } from '../http/hmac-credentials.ts'
import { anyToken } from '../http/token-carriers.ts'
import type { IncomingCall } from './incoming-call.ts'
import type { Venue } from './venue.ts'
import type { Venues } from './venues.ts'

const LOGIN = '/v2/sso/login'

/**
 * Whose call it is: that of the organisation which a login names, in which the token was issued, or
 * whose user signed. Where nobody can tell, it is nowhere's.
 */
export function venueOf(call: IncomingCall, venues: Venues): Venue {
  if (call.method === 'POST' && call.pathname === LOGIN) return venueOfLogin(call, venues)
  if (isSigned(call.headers)) return signersVenue(call, venues)
  const token = anyToken(call.headers)
  return (token === undefined ? undefined : venues.byToken(token)) ?? venues.nowhere
}

/** An organisation is opened by the first who may log in to it. */
function venueOfLogin({ body }: IncomingCall, venues: Venues): Venue {
  const org = organisationIn(body)
  if (org === undefined || org === '') return venues.nowhere
  const known = venues.find(org)
  if (known) return known
  return venues.admission === 'anybody' ? venues.open(org) : venues.nowhere
}

function organisationIn(body: string): string | undefined {
  try {
    const { org } = Object(JSON.parse(body)) as { readonly org?: unknown }
    return typeof org === 'string' ? org : undefined
  } catch {
    return undefined
  }
}

/** Of namesakes in several organisations it is the one whose secret signed. */
function signersVenue(call: IncomingCall, venues: Venues): Venue {
  const username = readCredentials(call.headers)?.username
  const candidates = username === undefined ? [] : venues.byUser(username)
  if (candidates.length < 2) return candidates[0] ?? venues.nowhere
  const signed = candidates.find(
    ({ exchange }) => hmacAuthentication(exchange)({ ...call, params: {} }).ok,
  )
  return signed ?? candidates[0] ?? venues.nowhere
}
