import type { Matter } from '../../reading/matter.ts'
import { isFields, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isRenewalRefused } from './renewal-refused.ts'

/** Refused, or answered with `valid: false`, is setting 5. */
export const unknownRenewRule: Rule = {
  id: 'session.unknown-renew',
  family: 'Sessions',
  sentence: 'Renewing a token that nobody issued brings no token that is good for anything.',
  source: { section: '1.4', mark: 'inferred' },
  code: 'unknown-token-renewed',
  check: (matter) =>
    resultOf(
      matter.made
        .filter(
          ({ operation, exchange: { token } }) =>
            operation === 'renew' && token !== undefined && token.issuedAt === undefined,
        )
        .map((reading) => sightOf(reading, matter)),
    ),
}

function sightOf(reading: Reading, { made }: Matter): Sight {
  if (isRenewalRefused(reading)) return 'held'
  if (!reading.isSuccess) return undefined
  const { exchange, body, number } = reading
  const { valid } = isFields(body) ? body : {}
  const { token, issuedToken } = exchange
  const breach = (detail: string, ...later: readonly number[]): Sight => ({
    ...{ orderId: '', detail, exchanges: [number, ...later] },
  })
  const brought = issuedToken === token?.number ? undefined : issuedToken
  const taken = made.find(
    ({ operation, isSuccess, exchange: each, number: at }) =>
      at > number &&
      isSuccess &&
      operation !== 'renew' &&
      issuedToken !== undefined &&
      each.token?.number === issuedToken,
  )
  if (taken) return breach('a token that nobody issued was renewed, and then taken', taken.number)
  if (valid === true) return breach('a token that nobody issued was answered with valid: true')
  if (valid === false) return brought === undefined ? 'held' : undefined
  return brought === undefined ? undefined : breach('a token that nobody issued brought another')
}
