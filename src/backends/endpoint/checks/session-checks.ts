import type { Success } from '../../../api/client/answer.ts'
import type { IntegralClient } from '../../../api/client/integral-client.ts'
import type { LoginAnswer } from '../../../api/contract/session.ts'
import { accountOf } from '../account-of.ts'
import type { EndpointConfig } from '../endpoint-config.ts'
import { describeAnswer, failureOfCall } from './answer-text.ts'
import { broken, type Check, notChecked, ok } from './check.ts'
import type { Wire } from './watched-fetch.ts'

/** From how far apart the two clocks are broken, in milliseconds. */
const MOST_SKEW_MS = 30_000

/** A login that succeeded, with its answer, or what came of it instead. */
export interface LoginCheck {
  readonly check: Check
  readonly answer?: Success<LoginAnswer>
}

/**
 * Logs in, once.
 *
 * @param suffix - What the names of the login's variables end with.
 */
export async function checkLogin(
  client: IntegralClient,
  config: EndpointConfig,
  suffix: string,
): Promise<LoginCheck> {
  const { user, org } = accountOf(config)
  try {
    const answer = await client.login()
    if (answer.kind === 'success')
      return { check: ok('login', `as ${user} of ${org}${lifeOf(answer.value)}`), answer }
    const remedy =
      answer.httpStatus >= 500
        ? 'The endpoint failed by itself: try again later, or tell Integral.'
        : `Check INTEGRAL_USER${suffix}, INTEGRAL_PASSWORD${suffix} and INTEGRAL_ORG${suffix}; ask ` +
          'Integral whether the user exists on this host, is locked out, or is set up for HMAC (INTEGRAL_AUTH=hmac).'
    return { check: broken('login', describeAnswer(answer), remedy) }
  } catch (error) {
    const { seen, remedy } = failureOfCall(error)
    return { check: broken('login', seen, remedy) }
  }
}

function lifeOf({ expiryTime, serverUTCTime }: LoginAnswer): string {
  if (expiryTime === undefined || serverUTCTime === undefined) return ', for an unknown time'
  return `, for ${seconds(expiryTime - serverUTCTime)}`
}

/**
 * The server's clock less ours. What it says is its time somewhere between sending and receipt: the
 * middle is taken for it.
 *
 * @see Fact sheet 1.1 [reference: serverUTCTime].
 */
export function skewOf({ value }: Success<LoginAnswer>, wire: Wire): number | undefined {
  const { serverUTCTime } = value
  return serverUTCTime === undefined
    ? undefined
    : Math.round(serverUTCTime - (wire.sentAt + wire.receivedAt) / 2)
}

export function checkClock(skewMs: number | undefined): Check {
  if (skewMs === undefined) return notChecked('clock skew', 'the login told no serverUTCTime')
  const way = skewMs < 0 ? 'behind' : 'ahead of'
  const seen = `the server is ${seconds(Math.abs(skewMs))} ${way} this machine`
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return ok('clock skew', seen)
  return broken('clock skew', seen, 'Set the clock of this machine; if it is right, tell Integral.')
}

/** Where the login put its token. Fact sheet 1.2 [seed, reference, inferred]: any of these will do. */
export function checkTransport({ headers }: Wire): Check {
  const cookies = headers.getSetCookie().filter((cookie) => /^\s*SSO_TOKEN\s*=/.test(cookie))
  const domains = cookies.map((cookie) => /;\s*domain=([^;\s]+)/i.exec(cookie)?.[1] ?? 'host only')
  const seen = [
    ...(headers.has('SSO_TOKEN') ? ['header SSO_TOKEN'] : []),
    ...domains.map((domain) => `cookie SSO_TOKEN (${domain})`),
  ]
  return ok('token transport', seen.join(', '))
}

/** Renews the token that the login brought. */
export async function checkRenewal(client: IntegralClient): Promise<Check> {
  const before = client.session?.token.reveal()
  try {
    const answer = await client.renew()
    if (answer.kind !== 'success')
      return broken(
        'renewal',
        describeAnswer(answer),
        'Tell Integral: sessions cannot be prolonged.',
      )
    const isNew = client.session?.token.reveal() !== before
    const { valid, expired } = answer.value
    if (!isNew && (valid === false || expired === true))
      return broken(
        'renewal',
        'a token that was just issued is called invalid or expired, and no other one came',
        'Tell Integral: sessions cannot be prolonged.',
      )
    return ok('renewal', isNew ? 'brought another token' : 'prolonged the same token')
  } catch (error) {
    const { seen, remedy } = failureOfCall(error)
    return broken('renewal', seen, remedy)
  }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`
}
