import type { Matter } from '../../reading/matter.ts'
import { isFields, type Reading } from '../../reading/reading.ts'
import { isRefused } from '../refused.ts'
import { type Breach, type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'
import { isRenewalRefused } from './renewal-refused.ts'
import { overAt } from './token-life.ts'

/** How late a token may be renewed is setting 4; so soon after its end it must be possible, if ever. */
const RENEWABLE_MS = 10_000

const renewals = ({ made }: Matter) => made.filter(({ operation }) => operation === 'renew')

export const renewLiveRule: Rule = {
  id: 'session.renew-live',
  family: 'Sessions',
  sentence: 'Renewing a live token succeeds, and does not bring its end nearer.',
  source: { section: '1.4', mark: 'reference' },
  code: 'session-not-renewed',
  check: (matter) => resultOf(renewals(matter).map((reading) => liveSight(reading, matter))),
}

function liveSight(reading: Reading, matter: Matter): Sight {
  const { exchange, doneAt, isSuccess, status, body, number } = reading
  const { tokenSlackMs } = matter.bounds
  const { expiresAt } = exchange.token ?? {}
  if (expiresAt === undefined || doneAt + tokenSlackMs >= expiresAt) return undefined
  const sign = signOfLife(reading, matter)
  const breach = (detail: string, earlier = sign): Breach | undefined =>
    earlier && { orderId: '', detail, exchanges: [earlier.number, number] }
  const rest = secondsOf(expiresAt - doneAt)
  if (isRenewalRefused(reading)) return breach(`refused with ${status}, ${rest} before its end`)
  if (!isSuccess) return undefined
  const { valid, expired, expiryTime } = isFields(body) ? body : {}
  if (valid === false) return breach(`answered valid: false, ${rest} before its end`)
  if (expired === true) {
    // A server may end a session early, and say so before.
    const isEnded = matter.made.some(
      (each) =>
        isRefused(each) &&
        each.number > (sign?.number ?? 0) &&
        each.number < number &&
        each.exchange.token?.number === exchange.token?.number,
    )
    return isEnded ? undefined : breach(`answered expired: true, ${rest} before its end`)
  }
  const issue = issueOf(reading, matter)
  const before = isFields(issue?.body) ? issue.body.expiryTime : undefined
  if (typeof before !== 'number' || typeof expiryTime !== 'number') return 'held'
  if (expiryTime + tokenSlackMs >= before) return 'held'
  return breach(`expiryTime was ${before}, and is ${expiryTime} after the renewal`, issue)
}

export const renewExpiredRule: Rule = {
  id: 'session.renew-expired',
  family: 'Sessions',
  sentence:
    'Renewing a token that has just expired is answered with a new token, not with an error.',
  source: { section: '1.4', mark: 'reference' },
  code: 'expired-not-renewed',
  check: (matter) => resultOf(renewals(matter).map((reading) => expiredSight(reading, matter))),
}

function expiredSight(reading: Reading, matter: Matter): Sight {
  const { exchange, doneAt, isSuccess, status, number } = reading
  const { token, issuedToken, at } = exchange
  const end = overAt(reading, matter)
  if (end === undefined || at < end + matter.bounds.tokenSlackMs) return undefined
  if (doneAt - end > RENEWABLE_MS) return undefined
  if (isSuccess && issuedToken !== undefined && issuedToken !== token?.number) return 'held'
  const sign = signOfLife(reading, matter)
  if (!sign || !(isSuccess || isRenewalRefused(reading))) return undefined
  const what = isSuccess ? 'answered without a new token' : `refused with ${status}`
  const detail = `${what}, ${secondsOf(at - end)} after its end`
  return { orderId: '', detail, exchanges: [sign.number, number] }
}

/** The answer that brought the token last. */
function issueOf({ exchange, number }: Reading, { made }: Matter): Reading | undefined {
  return made.findLast(
    (earlier) => earlier.number < number && earlier.exchange.issuedToken === exchange.token?.number,
  )
}

/**
 * The last exchange that showed that a token was good: it was brought, or taken. `undefined` where it may
 * have been replaced since by a renewal (setting 3), or ended by a login (setting 6), of which a lost answer
 * may have told; or where no token was ever taken that was carried as this one is (setting 7).
 */
function signOfLife(reading: Reading, { made }: Matter): Reading | undefined {
  const asked = reading.exchange.token?.number
  const earlier = made.filter((each) => each.number < reading.number)
  const isAsked = (each: Reading) => each.exchange.token?.number === asked
  const isKept = (each: Reading) => each.isSuccess && each.exchange.issuedToken === asked
  const isTaken = (each: Reading) =>
    each.isSuccess && each.exchange.token !== undefined && each.operation !== 'renew'
  const sign = earlier.findLast((each) => isKept(each) || (isAsked(each) && isTaken(each)))
  const isReplaced = earlier.some(
    (each) =>
      (each.operation === 'renew' && isAsked(each) && !isKept(each) && !isRefused(each)) ||
      (each.operation === 'login' && !isRefused(each) && each.number > (sign?.number ?? 0)),
  )
  const isCarriedWell = earlier.some(
    (each) => isTaken(each) && carriersOf(each) === carriersOf(reading),
  )
  return isReplaced || !isCarriedWell ? undefined : sign
}

/** Where a request carries its token: in a header, in a cookie, or in both. */
function carriersOf({ exchange }: Reading): string {
  const names = exchange.request.headers.map(({ name }) => name.toLowerCase())
  return names
    .filter((name) => name === 'sso_token' || name === 'cookie')
    .sort()
    .join()
}
