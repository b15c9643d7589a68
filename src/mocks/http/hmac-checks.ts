import { digestOf, HMAC_ALGORITHM, REQUEST_LINE } from '../../api/client/hmac-signature.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorRequest } from './door.ts'
import type { HmacCredentials } from './hmac-credentials.ts'

interface Signed {
  readonly credentials: HmacCredentials
  readonly request: DoorRequest
  readonly settings: Settings
  /** Epoch milliseconds. */
  readonly now: number
}

/** One sentence on what is wrong, or `undefined`. It quotes nothing that the client sent. */
type Check = (signed: Signed) => string | undefined

const algorithm: Check = ({ credentials }) =>
  credentials.algorithm === HMAC_ALGORITHM ? undefined : `The algorithm is not ${HMAC_ALGORITHM}.`

/** `X-Date` stands in for `Date`. Fact sheet 1.5 [inferred]. */
const requiredNames: Check = ({ credentials: { names }, settings }) => {
  const covers = (name: string) =>
    names.includes(name) || (name === 'date' && names.includes('x-date'))
  const left = settings['hmac.required'].filter((name) => !covers(name))
  return left.length === 0 ? undefined : `Not signed, but to be signed: ${left.join(', ')}.`
}

const presentHeaders: Check = ({ credentials, request }) =>
  credentials.names.every((name) => name === REQUEST_LINE || request.headers.get(name) !== null)
    ? undefined
    : 'The request lacks a header that is named as signed.'

const typeHeader: Check = ({ request, settings }) =>
  !settings['hmac.requireTypeHeader'] || request.headers.get('type') === 'hmac'
    ? undefined
    : 'The header "type" does not say hmac.'

const date: Check = ({ credentials: { names }, request: { headers }, settings, now }) => {
  const carriers = ['date', 'x-date']
  const carrier =
    carriers.find((name) => names.includes(name)) ??
    carriers.find((name) => headers.get(name) !== null)
  const sentAt = carrier === undefined ? undefined : httpDate(headers.get(carrier) ?? '')
  if (sentAt === undefined) return 'There is no Date or X-Date with an HTTP date.'
  const limit = settings['hmac.skewMs']
  return Math.abs(now - sentAt) <= limit
    ? undefined
    : `The date is more than ${limit} ms away from the time here.`
}

/** The reference wants it in every request, signed or not. */
const digest: Check = ({ request }) =>
  request.headers.get('Digest') === digestOf(request.wire?.body ?? request.body)
    ? undefined
    : 'The Digest is missing, or is not the SHA-256 digest of the body.'

/** Everything that can be judged without the secret, in the order of judging. */
const checks = [algorithm, requiredNames, presentHeaders, typeHeader, date, digest]

/** What is wrong with a signed request, apart from user and signature. */
export function problemOf(signed: Signed): string | undefined {
  for (const check of checks) {
    const problem = check(signed)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** An IMF-fixdate in epoch milliseconds; `Date.parse` alone would take any date for one. */
function httpDate(text: string): number | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) || new Date(time).toUTCString() !== text ? undefined : time
}
