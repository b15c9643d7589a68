import { endpoints } from '../../api/contract/endpoints.ts'
import type { Matter } from '../reading/matter.ts'
import { isFields, type Reading } from '../reading/reading.ts'
import { tokenCarriers } from '../token-carriers.ts'
import type { Variant } from './variant.ts'

/** Sessions and errors. Fact sheet 6, rows 1, 7, 8, 9, 11 and 51. */
export function sessionVariants({ made }: Matter): readonly Variant[] {
  return made.flatMap((reading) => [
    ...loginVariants(reading),
    ...authFailure(reading),
    ...errorShape(reading),
    ...missingPermission(reading),
  ])
}

function loginVariants(reading: Reading): Variant[] {
  const { operation, isSuccess, body, exchange, number } = reading
  if (operation !== 'login') return []
  if (!isSuccess) return refusedLogin(reading)
  const { expiryTime, serverUTCTime } = isFields(body) ? body : {}
  const life =
    typeof expiryTime === 'number' && typeof serverUTCTime === 'number'
      ? Math.round((expiryTime - serverUTCTime) / 1_000) * 1_000
      : undefined
  const carriers = tokenCarriers(exchange)
  return [
    ...(carriers.length === 0 ? [] : [{ setting: 'auth.emit', value: carriers, exchange: number }]),
    ...(life === undefined ? [] : [{ setting: 'tokenTtlMs', value: life, exchange: number }]),
  ]
}

/** A wrong password and an unknown user cannot be told apart from outside. */
function refusedLogin({ status = 0, sent, number }: Reading): Variant[] {
  if (status < 400 || status >= 500 || status === 429) return []
  const isComplete = ['user', 'pass', 'org'].every((name) => typeof sent?.[name] === 'string')
  const setting = isComplete ? 'login.refusedStatus' : 'login.malformedStatus'
  return [{ setting, value: status, exchange: number }]
}

/** 401 speaks for itself; another code does where the request carried no credentials at all. */
function authFailure({ operation, status = 0, exchange, number }: Reading): Variant[] {
  if (operation === undefined || !endpoints[operation].authenticated) return []
  const { headers } = exchange.request
  const hasCredentials = headers.some(
    ({ name, value }) => /^(sso_token|authorization)$/i.test(name) || isTokenCookie(name, value),
  )
  const isFailure = status === 401 || (!hasCredentials && status >= 400 && status < 500)
  return isFailure ? [{ setting: 'auth.failureStatus', value: status, exchange: number }] : []
}

function isTokenCookie(name: string, value: string): boolean {
  return /^cookie$/i.test(name) && /(^|;)\s*SSO_TOKEN=/.test(value)
}

/** The names of the fields, in the order of the alphabet. */
function errorShape({ status = 0, isWhole, body, number }: Reading): Variant[] {
  if (!isWhole || status < 400 || !isFields(body)) return []
  return [{ setting: 'errorShape', value: Object.keys(body).sort(), exchange: number }]
}

function missingPermission({ operation, status, number }: Reading): Variant[] {
  if (operation !== 'placeOrder' || status !== 403) return []
  return [{ setting: 'perm.missing', value: 'http403', exchange: number }]
}
