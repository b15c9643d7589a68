import { endpoints } from '../../../api/contract/endpoints.ts'
import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'
import { isRefused } from '../refused.ts'
import { type Breach, type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'
import { overAt } from './token-life.ts'

const isSigned = ({ exchange }: Reading) =>
  exchange.request.headers.some(({ name }) => name.toLowerCase() === 'authorization')

/** What asks for a session and is no renewal, which may be asked with a token that is over. */
const guarded = ({ made }: Matter) =>
  made.filter(
    (reading) =>
      reading.operation !== undefined &&
      reading.operation !== 'renew' &&
      endpoints[reading.operation].authenticated &&
      !isSigned(reading),
  )

/** The codes that are about who asks. */
const OF_THE_CALLER = [401, 403]

/**
 * Refused it must be; what else an answer may be says nothing. A refusal with another code (setting 8) may
 * be about what was asked, but for what was served to somebody else.
 */
function refusedOr(
  reading: Reading,
  matter: Matter,
  breach: () => Pick<Breach, 'detail' | 'exchanges'>,
): Sight {
  if (reading.isSuccess) return { orderId: '', ...breach() }
  if (!isRefused(reading)) return undefined
  const isForWantOfAToken = OF_THE_CALLER.includes(reading.status ?? 0) || isServed(reading, matter)
  return isForWantOfAToken ? 'held' : undefined
}

/** Whether the same request was a success with a token, or signed. */
function isServed({ exchange: { request } }: Reading, { readings }: Matter): boolean {
  return readings.some(
    (each) =>
      each.isSuccess &&
      (each.exchange.token !== undefined || isSigned(each)) &&
      each.exchange.request.method === request.method &&
      each.exchange.request.url === request.url &&
      each.exchange.request.body === request.body,
  )
}

export const tokenNeededRule: Rule = {
  id: 'session.token-needed',
  family: 'Sessions',
  sentence:
    'Nothing but a login is answered to a request that carries neither a token nor a signature.',
  source: { section: '2', mark: 'reference' },
  code: 'no-token-accepted',
  check: (matter) =>
    resultOf(
      guarded(matter)
        .filter(({ exchange }) => exchange.token === undefined)
        .map((reading) =>
          refusedOr(reading, matter, () => ({
            detail: `${calledIn(reading)} was answered with ${reading.status}, without a token`,
            exchanges: [reading.number],
          })),
        ),
    ),
}

export const unknownTokenRule: Rule = {
  id: 'session.unknown-token',
  family: 'Sessions',
  sentence: 'A token that no login and no renewal ever brought is refused.',
  source: { section: '2', mark: 'inferred' },
  code: 'unknown-token-accepted',
  check: (matter) =>
    resultOf(
      guarded(matter)
        .filter(({ exchange: { token } }) => token !== undefined && token.issuedAt === undefined)
        .map((reading) =>
          refusedOr(reading, matter, () => ({
            detail: `${calledIn(reading)} was answered with ${reading.status}, with a token that nobody issued`,
            exchanges: [reading.number],
          })),
        ),
    ),
}

/** Clocks may differ by as much as is allowed for. */
export const expiredTokenRule: Rule = {
  id: 'session.expired-token',
  family: 'Sessions',
  sentence: 'A token is refused after its expiryTime, but for its renewal.',
  source: { section: '1.1', mark: 'reference' },
  code: 'expired-token-accepted',
  check: (matter) => resultOf(guarded(matter).map((reading) => expiredSight(reading, matter))),
}

function expiredSight(reading: Reading, matter: Matter): Sight {
  const { exchange, number } = reading
  const { token, at } = exchange
  const { made, bounds } = matter
  const end = overAt(reading, matter)
  if (end === undefined || at < end + bounds.tokenSlackMs) return undefined
  return refusedOr(reading, matter, () => {
    const issue = made.findLast(
      (earlier) => earlier.number < number && earlier.exchange.issuedToken === token?.number,
    )
    return {
      detail: `a token that was over ${secondsOf(at - end)} before was accepted by ${calledIn(reading)}`,
      exchanges: [...(issue ? [issue.number] : []), number],
    }
  })
}

function calledIn({ operation, exchange }: Reading): string {
  return operation
    ? `${endpoints[operation].method} ${endpoints[operation].path}`
    : exchange.request.url
}
