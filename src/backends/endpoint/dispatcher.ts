import { Agent, buildConnector, type Dispatcher, interceptors, Pool, ProxyAgent } from 'undici'
import {
  type ConnectWatcher,
  connectOptions,
  type EndpointAddress,
  watchedConnector,
} from './dispatcher-connect.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import type { ProxySettings } from './proxy-choice.ts'

/** An answer that is larger, in bytes, is broken off. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024

/** Something would have been sent to another place than the endpoint. It never left. */
class OtherOriginError extends Error {
  override readonly name = 'OtherOriginError'
  readonly code = 'OTHER_ORIGIN'
}

/**
 * The one way to the endpoint: its own connections, its own time limits, no redirects, and no other
 * origin. It goes through a proxy where the configuration has one, which for loopback it never has.
 * Close it when the run ends.
 *
 * @param options.onConnect - Told of every attempt to connect. Behind a proxy, the proxy is the target.
 */
export function createEndpointDispatcher(
  config: EndpointAddress,
  { onConnect }: { readonly onConnect?: ConnectWatcher } = {},
): Dispatcher {
  const { proxy, isLoopback } = config
  const base =
    proxy && !isLoopback ? throughProxy(config, proxy, onConnect) : straight(config, onConnect)
  return base.compose(
    // Nobody asked for compression; where it comes all the same, it is undone.
    interceptors.decompress({ skipErrorResponses: false, maxSize: MOST_ANSWER_BYTES }),
    onlyTo(new URL(config.baseUrl).origin),
  )
}

function straight(config: EndpointAddress, onConnect: ConnectWatcher | undefined): Dispatcher {
  return new Agent({
    ...poolOptions(config.settings),
    connect: watchedConnector(buildConnector(connectOptions(config)), onConnect),
  })
}

/** Only https is proxied (the guard leaves http to loopback), so everything goes through a tunnel. */
function throughProxy(
  config: EndpointAddress,
  { url }: ProxySettings,
  onConnect: ConnectWatcher | undefined,
): Dispatcher {
  const { timeout, ...tls } = connectOptions(config)
  const toProxy = watchedConnector(buildConnector({ timeout, ...tls }), onConnect)
  return new ProxyAgent({
    ...poolOptions(config.settings),
    uri: url,
    connectTimeout: timeout,
    requestTls: tls,
    // The answer to CONNECT is a part of connecting; by default it would be waited for five minutes.
    clientFactory: (origin) =>
      new Pool(origin, { headersTimeout: timeout, allowH2: false, connect: toProxy }),
  })
}

function poolOptions(settings: EndpointSettings) {
  return {
    headersTimeout: settings['headers.withinMs'],
    bodyTimeout: settings['body.withinMs'],
    keepAliveTimeout: settings['keepAlive.ms'],
    connections: settings['pool.connections'],
    maxResponseSize: MOST_ANSWER_BYTES,
    pipelining: 1,
    allowH2: false,
  }
}

function onlyTo(origin: string): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const asked = URL.parse(String(options.origin))?.origin
    if (asked === origin) return dispatch(options, handler)
    throw new OtherOriginError(
      `A request to ${asked ?? 'nowhere'} was refused: this run talks to ${origin} and to nobody else.`,
    )
  }
}
