import type { Credentials } from '../../api/client/options.ts'
import type { EnvironmentReader } from './endpoint-config-reader.ts'

/** With what somebody signs in. */
export interface LoginConfig {
  readonly credentials: Credentials
  /** Present under `hmac`; under `token` only if it is set all the same. */
  readonly hmacSecret?: string
}

/** All logins of a configuration, the first one first. */
export function loginsOf(
  config: LoginConfig & { readonly further: readonly LoginConfig[] },
): readonly [LoginConfig, ...LoginConfig[]] {
  const { credentials, hmacSecret, further } = config
  return [{ credentials, ...(hmacSecret !== undefined && { hmacSecret }) }, ...further]
}

/**
 * Reads the first login, and those that are numbered from 2. Complains where one has no number of its
 * own, lacks a part, or is given twice: of two with one name, each would consume the trades of the other.
 */
export function readLogins(
  reader: EnvironmentReader,
  auth: 'token' | 'hmac',
): LoginConfig & { readonly further: readonly LoginConfig[] } {
  const first = readLogin(reader, auth, '')
  const numbers = reader.furtherLogins
  const gap = numbers.findIndex((number, at) => number !== at + 2)
  if (gap !== -1) {
    reader.complain(
      `There is a login ${numbers[gap]} (INTEGRAL_USER_${numbers[gap]}) but no login ${gap + 2}: number them from 2 without a gap.`,
    )
    return { ...first, further: [] }
  }
  const further = numbers.map((number) => readLogin(reader, auth, `_${number}`))
  const all = [first, ...further]
  for (const [at, { credentials }] of all.entries()) {
    const same = all.findIndex((other) => isSameUser(other.credentials, credentials))
    if (same === at || credentials.user === '') continue
    reader.complain(
      `Login ${at + 1} (INTEGRAL_USER_${at + 1}) is login ${same + 1} once more: give each user of an organisation once.`,
    )
  }
  return { ...first, further }
}

function isSameUser(one: Credentials, other: Credentials): boolean {
  return one.user === other.user && one.org === other.org
}

function readLogin(
  reader: EnvironmentReader,
  auth: 'token' | 'hmac',
  suffix: '' | `_${number}`,
): LoginConfig {
  const user = reader.required(`INTEGRAL_USER${suffix}`, 'the API user that Integral issued')
  const org = reader.required(`INTEGRAL_ORG${suffix}`, 'the organisation of that user')
  const secret = `INTEGRAL_HMAC_SECRET${suffix}` as const
  if (auth === 'token') {
    const password = reader.required(`INTEGRAL_PASSWORD${suffix}`, 'the password')
    return { credentials: { user, org, password }, ...present(reader.text(secret)) }
  }
  // Fact sheet 1.5, "plain-string" [reference].
  if (!/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/.test(user)) {
    reader.complain(
      `INTEGRAL_USER${suffix} cannot be signed: HMAC takes printable ASCII without " and \\.`,
    )
  }
  const password = reader.text(`INTEGRAL_PASSWORD${suffix}`) ?? ''
  const hmacSecret = reader.required(
    secret,
    'the secret that Integral issued, or INTEGRAL_AUTH=token',
  )
  return { credentials: { user, org, password }, ...present(hmacSecret) }
}

function present(hmacSecret: string | undefined): Pick<LoginConfig, 'hmacSecret'> {
  return hmacSecret ? { hmacSecret } : {}
}
