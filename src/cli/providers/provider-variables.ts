import { dirname, resolve } from 'node:path'
import type { Provider } from './providers-schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What each field of a provider is called where a run is configured. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  INTEGRAL_BASE_URL: 'baseUrl',
  INTEGRAL_ALLOW_HOST: 'allowHost',
  INTEGRAL_USER: 'credentials.user',
  INTEGRAL_PASSWORD: 'credentials.password',
  INTEGRAL_ORG: 'credentials.org',
  INTEGRAL_AUTH: 'auth',
  INTEGRAL_HMAC_SECRET: 'credentials.hmacSecret',
  INTEGRAL_CA_FILE: 'caFile',
  INTEGRAL_MAX_SIZE: 'sizes.most',
  INTEGRAL_MAX_ORDERS: 'caps.orders',
  INTEGRAL_MAX_OPEN_ORDERS: 'caps.openOrders',
  INTEGRAL_MAX_REQUESTS_PER_SECOND: 'caps.requestsPerSecond',
  'Setting "order.size"': 'sizes.order',
  'Setting "order.minSize"': 'sizes.smallest',
}

/** Stands for what is missing and was told of, so that it is not told again in other words. */
const UNSET = 'unset'

/** The variables of a run on a provider, and which of its credentials are not set. */
export interface ProviderVariables {
  readonly variables: Readonly<Record<string, string>>
  /** One sentence each, with the path below the provider first. */
  readonly problems: readonly string[]
}

/**
 * @param env - Where the named variables are looked up.
 * @param file - The file of providers, which other files are relative to.
 */
export function providerVariables(
  provider: Provider,
  symbol: string,
  env: Environment,
  file: string,
): ProviderVariables {
  const { baseUrl, auth, sizes, caps, allowHost, caFile, probeLogin, allowResend } = provider
  const { user, org, password, hmacSecret } = provider.credentials
  const secret = auth === 'hmac' ? 'hmacSecret' : 'password'
  const named = { user, org, password, hmacSecret }
  const problems = Object.entries(named).flatMap(([field, name]) => {
    if (name === undefined) {
      return field === secret
        ? [`.credentials.${field}: it is missing: name the environment variable that holds it.`]
        : []
    }
    return env[name]
      ? []
      : [`.credentials.${field}: the variable ${name} is not set: set it, or name another.`]
  })
  const settingOf = (field: keyof typeof named): string | undefined => {
    const name = named[field]
    if (name === undefined) return field === secret ? UNSET : undefined
    return env[name] || UNSET
  }
  const variables = {
    INTEGRAL_BASE_URL: baseUrl,
    INTEGRAL_USER: settingOf('user'),
    INTEGRAL_ORG: settingOf('org'),
    INTEGRAL_PASSWORD: settingOf('password'),
    INTEGRAL_HMAC_SECRET: settingOf('hmacSecret'),
    INTEGRAL_AUTH: auth,
    INTEGRAL_SYMBOL: symbol,
    INTEGRAL_ALLOW_HOST: allowHost,
    INTEGRAL_CA_FILE: caFile && resolve(dirname(file), caFile),
    INTEGRAL_PROBE_LOGIN: probeLogin === undefined ? undefined : probeLogin ? 'on' : 'off',
    INTEGRAL_ALLOW_RESEND: allowResend ? '1' : '0',
    INTEGRAL_MAX_SIZE: plain(sizes.most),
    INTEGRAL_MAX_ORDERS: plain(caps.orders),
    INTEGRAL_MAX_OPEN_ORDERS: plain(caps.openOrders),
    INTEGRAL_MAX_REQUESTS_PER_SECOND: plain(caps.requestsPerSecond),
  }
  return { variables: present(variables), problems }
}

/** In plain digits, as variables are read. */
function plain(amount: number | undefined): string | undefined {
  return amount?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
}

function present(variables: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}
