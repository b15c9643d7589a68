import { guardBaseUrl } from './base-url-guard.ts'
import { readCaFile } from './endpoint-config-ca.ts'
import { EndpointConfigError } from './endpoint-config-error.ts'
import { EnvironmentReader } from './endpoint-config-reader.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import { type LoginConfig, loginsOf, readLogins } from './logins.ts'
import { chooseProxy, type ProxySettings } from './proxy-choice.ts'

export { EndpointConfigError } from './endpoint-config-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a run may do to the account, at most. */
export interface Caps {
  /** Size of one order, in units of the base currency. */
  readonly maxSize: number
  /** Orders placed in one run. */
  readonly maxOrders: number
  /** Orders that are open at once. */
  readonly maxOpenOrders: number
  readonly maxRequestsPerSecond: number
}

/** Everything that is known of an endpoint before the first request. */
export interface EndpointConfig extends LoginConfig {
  /** Accepted by the guard, without a trailing slash. */
  readonly baseUrl: string
  readonly host: string
  readonly isLoopback: boolean
  /** Logins besides the first one: scenarios are spread over all of them. */
  readonly further: readonly LoginConfig[]
  readonly auth: 'token' | 'hmac'
  /** Certificates in PEM, trusted in addition to the usual ones. */
  readonly ca?: string
  /** `AAA/BBB` */
  readonly symbol: string
  readonly caps: Caps
  /** Orders that the run has placed before, where it was broken off: the cap is that of the whole. Default 0. */
  readonly placedBefore?: number
  /** Whether a login with a wrong password may be tried, once. */
  readonly probeLogin: boolean
  /** Whether trades may be resent, which reaches every consumer of the organisation. */
  readonly allowResend: boolean
  readonly proxy?: ProxySettings
  readonly settings: EndpointSettings
}

/**
 * Reads the configuration of an endpoint.
 *
 * @param env - As `readEnvironment` gives it.
 * @throws {EndpointConfigError} Everything that is wrong with it; a base URL that the guard refuses
 * is among that.
 */
export function readEndpointConfig(env: Environment, settings: EndpointSettings): EndpointConfig {
  const reader = new EnvironmentReader(env)
  const verdict = guardBaseUrl(reader.text('INTEGRAL_BASE_URL'), reader.text('INTEGRAL_ALLOW_HOST'))
  const auth = reader.choice('INTEGRAL_AUTH', ['token', 'hmac'])
  const caps = readCaps(reader, settings)
  const config = {
    ...readLogins(reader, auth),
    auth,
    symbol: readSymbol(reader),
    caps,
    probeLogin: reader.choice('INTEGRAL_PROBE_LOGIN', ['on', 'off']) === 'on',
    allowResend: reader.choice('INTEGRAL_ALLOW_RESEND', ['0', '1']) === '1',
    ...readCa(reader),
    settings,
  }
  if (!verdict.ok) throw new EndpointConfigError([verdict.why, ...reader.problems])
  const { baseUrl, host, isLoopback } = verdict
  const choice = isLoopback ? { ok: true as const } : chooseProxy(new URL(baseUrl), env)
  if (!choice.ok) reader.complain(choice.why)
  if (!choice.ok || reader.problems.length > 0) throw new EndpointConfigError(reader.problems)
  return { ...config, baseUrl, host, isLoopback, ...(choice.proxy && { proxy: choice.proxy }) }
}

/** What must be shown nowhere. Tokens come on top, as they are issued. */
export function endpointSecrets(config: EndpointConfig): string[] {
  const ofLogins = loginsOf(config).flatMap(({ credentials, hmacSecret = '' }) => [
    credentials.password,
    hmacSecret,
  ])
  return [...ofLogins, ...(config.proxy?.secrets ?? [])].filter(Boolean)
}

function readCa(reader: EnvironmentReader): { readonly ca?: string } {
  const path = reader.text('INTEGRAL_CA_FILE')
  const file = path === undefined ? undefined : readCaFile(path)
  if (file?.ok === false) reader.complain(file.why)
  return file?.ok ? { ca: file.pem } : {}
}

function readSymbol(reader: EnvironmentReader): string {
  const symbol = reader.text('INTEGRAL_SYMBOL') ?? 'EUR/USD'
  if (!/^[A-Z]{3}\/[A-Z]{3}$/.test(symbol))
    reader.complain('INTEGRAL_SYMBOL is not a currency pair: write it like EUR/USD, in capitals.')
  return symbol
}

function readCaps(reader: EnvironmentReader, settings: EndpointSettings): Caps {
  const maxSize = reader.positive('INTEGRAL_MAX_SIZE', 100_000)
  for (const name of ['order.size', 'order.minSize'] as const) {
    if (settings[name] > maxSize)
      reader.complain(
        `Setting "${name}" (${settings[name]}) is above INTEGRAL_MAX_SIZE (${maxSize}): ` +
          'lower the one or raise the other.',
      )
  }
  return {
    maxSize,
    maxOrders: reader.positive('INTEGRAL_MAX_ORDERS', 200, 'whole'),
    maxOpenOrders: reader.positive('INTEGRAL_MAX_OPEN_ORDERS', 20, 'whole'),
    maxRequestsPerSecond: reader.positive('INTEGRAL_MAX_REQUESTS_PER_SECOND', 25),
  }
}
