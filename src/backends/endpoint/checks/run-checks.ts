import { lookup } from 'node:dns/promises'
import { createIntegralClient } from '../../../api/client/create-integral-client.ts'
import type { IntegralClient } from '../../../api/client/integral-client.ts'
import type { ClientOptions } from '../../../api/client/options.ts'
import type { Clock } from '../../../api/clock.ts'
import type { Fetch } from '../../../api/fetch.ts'
import type { Redactor } from '../../../evidence/redaction.ts'
import { createEndpointDispatcher } from '../dispatcher.ts'
import type { EndpointConfig } from '../endpoint-config.ts'
import { endpointFetch } from '../endpoint-fetch.ts'
import { after, type Check, notChecked, ok } from './check.ts'
import { checkName, type Resolver } from './name-check.ts'
import { checkRate } from './rate-check.ts'
import {
  checkClock,
  checkLogin,
  checkRenewal,
  checkTransport,
  type LoginCheck,
  skewOf,
} from './session-checks.ts'
import { checkTls } from './tls-check.ts'
import { type Wire, watchedFetch } from './watched-fetch.ts'

export interface CheckTools {
  readonly clock: Clock
  /** Learns every secret that passes. */
  readonly redactor: Redactor
  /** Default: the resolver of this machine. */
  readonly resolve?: Resolver
  /** What the names of the login's variables end with. Default: nothing, as those of the first. */
  readonly suffix?: string
}

const systemResolver: Resolver = (host) => lookup(host, { all: true })

/**
 * Checks an endpoint: whether it is there, lets the user in, and has a rate. It logs in at most once
 * and places no order.
 */
export async function checkEndpoint(
  config: EndpointConfig,
  { clock, redactor, resolve = systemResolver, suffix = '' }: CheckTools,
): Promise<readonly Check[]> {
  const name = await checkName(config, resolve)
  const tls = await after([name], 'TLS', () => checkTls(config, clock))
  const dispatcher = createEndpointDispatcher(config)
  try {
    const watched = watchedFetch(endpointFetch(config, dispatcher), clock, redactor)
    const client = createIntegralClient(clientOptions(config, watched.fetch, clock))
    const seen = [configured(config), name, tls]
    return config.auth === 'hmac'
      ? [...seen, ...(await checkSigned(config, client, seen, clock))]
      : [...seen, ...(await checkSession(config, client, seen, clock, watched.last, suffix))]
  } finally {
    await dispatcher.destroy()
  }
}

function configured({ baseUrl, auth, symbol, proxy, isLoopback }: EndpointConfig): Check {
  const way = proxy ? `, through the proxy ${proxy.shown}` : ''
  const tunnel = isLoopback ? ' (what lies behind loopback is unknown)' : ''
  return ok('configuration', `${baseUrl}${tunnel}, ${auth}, ${symbol}${way}`)
}

/** No token is renewed or replaced behind the doctor's back: that would be a second login. */
function clientOptions(config: EndpointConfig, fetch: Fetch, clock: Clock): ClientOptions {
  const { baseUrl, credentials, settings, auth, hmacSecret } = config
  return {
    baseUrl,
    fetch,
    clock,
    credentials,
    autoRenew: false,
    // Whichever way an endpoint takes: which one it is, a run finds out.
    tokenTransport: 'both',
    queryByClientPath: settings['paths.queryByClient'],
    ...(auth === 'hmac' && {
      hmac: { userId: credentials.user, secret: hmacSecret ?? '' },
    }),
  }
}

async function checkSession(
  config: EndpointConfig,
  client: IntegralClient,
  seen: readonly Check[],
  clock: Clock,
  lastWire: () => Wire | undefined,
  suffix: string,
): Promise<readonly Check[]> {
  let signedIn: LoginCheck | undefined
  const login = await after(seen, 'login', async () => {
    signedIn = await checkLogin(client, config, suffix)
    return signedIn.check
  })
  const needed = [...seen, login]
  const wire = lastWire()
  const skewMs = signedIn?.answer && wire && skewOf(signedIn.answer, wire)
  return [
    login,
    await after(needed, 'clock skew', () => checkClock(skewMs)),
    await after(needed, 'token transport', () =>
      wire ? checkTransport(wire) : notChecked('token transport', 'nothing was answered'),
    ),
    await after(needed, 'renewal', () => checkRenewal(client)),
    await after(needed, 'rate', () => checkRate(client, config, () => clock.now() + (skewMs ?? 0))),
  ]
}

/** A signed request needs no session: whether the signature is accepted, the rate shows. */
async function checkSigned(
  config: EndpointConfig,
  client: IntegralClient,
  seen: readonly Check[],
  clock: Clock,
): Promise<readonly Check[]> {
  const unsigned = (['login', 'clock skew', 'token transport', 'renewal'] as const).map((name) =>
    notChecked(name, 'HMAC has no session'),
  )
  return [
    ...unsigned,
    await after(seen, 'rate', () => checkRate(client, config, () => clock.now())),
  ]
}
