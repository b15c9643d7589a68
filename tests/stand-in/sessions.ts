import { randomBytes } from 'node:crypto'
import { signatureProblem } from './hmac.ts'
import { failure, json, ok, type Reply, silence } from './replies.ts'
import { type ApiRequest, isText, objectIn } from './requests.ts'
import type { State } from './state.ts'

/** A token that was issued, whatever became of it. */
export interface Session {
  readonly token: string
  /** Epoch milliseconds. */
  readonly issuedAt: number
  expiresAt: number
  /** Ended by a rotation or by a later login. */
  ended: boolean
}

/** As long as the token in the documentation. */
const TOKEN_LENGTH = 62

function issue({ sessions, flags }: State, now: number): Session {
  const token = randomBytes(TOKEN_LENGTH).toString('base64url').slice(0, TOKEN_LENGTH)
  const session = { token, issuedAt: now, expiresAt: now + flags.tokenTtlMs, ended: false }
  sessions.push(session)
  return session
}

/** The token, in each place that it is to be found in (1.2). */
function carrying({ flags }: State, { token }: Session): Record<string, string | string[]> {
  if (flags.loginWithoutToken) return {}
  const cookies = [
    ...(flags.emit.includes('cookieDomain')
      ? [`SSO_TOKEN=${token}; Domain=.integral.com; Path=/`]
      : []),
    ...(flags.emit.includes('cookieHost') ? [`SSO_TOKEN=${token}; Path=/`] : []),
  ]
  return {
    ...(flags.emit.includes('header') ? { SSO_TOKEN: token } : {}),
    ...(cookies.length > 0 ? { 'Set-Cookie': cookies } : {}),
  }
}

/** Section 1.1. */
export function login(state: State, request: ApiRequest): Reply {
  const { flags, sessions } = state
  if (flags.hang === 'login') return silence
  if (flags.hmac !== null) return failure(404, 'NOT_FOUND', 'This user signs its requests.')
  const { user, pass, org } = objectIn(request) ?? {}
  if (!isText(user) || !isText(pass) || !isText(org))
    return failure(400, 'INVALID_REQUEST', 'Login needs user, pass and org, each a text.')
  const known = flags.credentials
  const passes = flags.acceptsWrongPassword || pass === known.password
  if (flags.loginRefused || user !== known.user || org !== known.org || !passes)
    return failure(401, 'LOGIN_FAILED', 'User, password or organisation is wrong.')
  if (flags.concurrentLogin === 'invalidatePrevious')
    for (const previous of sessions) previous.ended = true
  const now = Date.now()
  const session = issue(state, now)
  return json(
    200,
    { ...ok, expiryTime: session.expiresAt, serverUTCTime: now },
    carrying(state, session),
  )
}

/** The token that a request carries where the flags let it (1.3). */
export function tokenIn({ flags }: State, { headers }: Pick<ApiRequest, 'headers'>): string {
  const header = headers.sso_token
  const cookie = /(?:^|;\s*)SSO_TOKEN=([^;]*)/.exec(headers.cookie ?? '')?.[1]
  const inHeader = flags.accept === 'cookie' ? undefined : header
  const inCookie = flags.accept === 'header' ? undefined : cookie
  return String(inHeader ?? inCookie ?? '')
}

/** Section 1.4. What it says of the token holds for the one that the answer carries. */
export function renew(state: State, request: ApiRequest): Reply {
  const { flags, sessions } = state
  if (flags.hmac !== null) return failure(404, 'NOT_FOUND', 'This user signs its requests.')
  const held = sessions.find(({ token }) => token === tokenIn(state, request))
  if (held === undefined || held.ended)
    return failure(401, 'INVALID_TOKEN', 'The token is missing or unknown.')
  const now = Date.now()
  const live = held.expiresAt > now
  if (live && flags.renewLive === 'extend') held.expiresAt = now + flags.tokenTtlMs
  else held.ended = true
  const session = held.ended ? issue(state, now) : held
  return json(
    200,
    {
      ...ok,
      valid: true,
      expired: false,
      expiryTime: session.expiresAt,
      apiVersion: '1.0.1',
    },
    carrying(state, session),
  )
}

/** The refusal if `request` does not say who sends it, or undefined. */
export function authenticate(state: State, request: ApiRequest): Reply | undefined {
  const { flags, sessions } = state
  if (flags.hmac !== null) {
    const problem = signatureProblem(request, flags.hmac, flags.credentials.user)
    return problem === undefined ? undefined : failure(401, 'INVALID_SIGNATURE', problem)
  }
  if (flags.acceptsNoToken) return undefined
  const session = sessions.find(({ token }) => token === tokenIn(state, request))
  if (session === undefined || session.ended)
    return failure(401, 'INVALID_TOKEN', 'The token is missing or unknown.')
  if (session.expiresAt <= Date.now() && !flags.tokenNeverExpires)
    return failure(401, 'EXPIRED_TOKEN', 'The token has expired.')
  return undefined
}
