import { signerAmong } from '../http/hmac-authentication.ts'
import { isSigned, readCredentials } from '../http/hmac-credentials.ts'
import { anyToken } from '../http/token-carriers.ts'
import type { IncomingCall } from './incoming-call.ts'
import { MOST_NAME_CHARACTERS } from './limits.ts'
import type { Venue } from './venue.ts'
import type { Venues } from './venues.ts'

const LOGIN = '/v2/sso/login'

/**
 * Whose call it is: that of the organisation which a login names, in which the token was issued, or
 * whose user signed. Where nobody can tell, it is nowhere's.
 */
export function venueOf(call: IncomingCall, venues: Venues): Venue {
  if (isLogin(call)) return venueOfLogin(call, venues)
  if (isSigned(call.headers)) return signersVenue(call, venues)
  const token = anyToken(call.headers)
  return (token === undefined ? undefined : venues.byToken(token)) ?? venues.nowhere
}

/** Whether a login names somebody by more characters than anybody will be remembered by. */
export function hasLongName(call: IncomingCall): boolean {
  if (!isLogin(call) || call.body.length <= MOST_NAME_CHARACTERS) return false
  const { user, pass, org } = loginIn(call.body)
  return [user, pass, org].some(
    (name) => typeof name === 'string' && name.length > MOST_NAME_CHARACTERS,
  )
}

/**
 * The organisation of that name, opened by the first who may log in to it. Where users are configured,
 * only theirs are: one that had to make room comes back.
 */
function organisationNamed(org: string, venues: Venues): Venue {
  const known = venues.find(org)
  if (known) return known
  const mayOpen = venues.admission === 'anybody' || venues.defaults(org).users.length > 0
  return org !== '' && mayOpen ? venues.open(org) : venues.nowhere
}

/** The organisation that an address names. A login opens it; any other call there is nowhere's until then. */
export function venueAt(org: string, call: IncomingCall, venues: Venues): Venue {
  if (org.length > MOST_NAME_CHARACTERS) return venues.nowhere
  if (isLogin(call) && !hasLongName(call)) return organisationNamed(org, venues)
  return venues.find(org) ?? venues.nowhere
}

function isLogin({ method, pathname }: IncomingCall): boolean {
  return method === 'POST' && pathname === LOGIN
}

function venueOfLogin({ body }: IncomingCall, venues: Venues): Venue {
  const { org } = loginIn(body)
  return typeof org === 'string' ? organisationNamed(org, venues) : venues.nowhere
}

function loginIn(body: string): {
  readonly user?: unknown
  readonly pass?: unknown
  readonly org?: unknown
} {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}

/**
 * Of namesakes in several organisations it is the one whose secret signed, whatever else is wrong with the
 * call. Nobody's signature is nobody's call: it costs none of them the fault that was staged for it.
 */
function signersVenue(call: IncomingCall, venues: Venues): Venue {
  const credentials = readCredentials(call.headers)
  if (!credentials) return venues.nowhere
  const candidates = venues.byUser(credentials.username)
  const [first] = candidates
  if (candidates.size < 2) return first ?? venues.nowhere
  for (const venue of candidates) {
    const namesakes = venue.exchange.directory.named(credentials.username)
    if (signerAmong(namesakes, call, credentials, venue.exchange.settings)) return venue
  }
  return venues.nowhere
}
