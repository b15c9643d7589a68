import { getCACertificates } from 'node:tls'
import type { buildConnector } from 'undici'
import type { EndpointConfig } from './endpoint-config.ts'
import { loopbackLookup } from './loopback.ts'

/** An attempt to connect, which has just ended. */
export interface ConnectTarget {
  /** As it was asked for: the host of the endpoint, or of the proxy. */
  readonly host: string
  readonly port: number
  /** The address that was reached; absent where there was no connection, or TLS failed. */
  readonly address?: string
}

/** What must be known of an endpoint to reach it. */
export type EndpointAddress = Pick<
  EndpointConfig,
  'baseUrl' | 'isLoopback' | 'settings' | 'ca' | 'proxy'
>

export type ConnectWatcher = (target: ConnectTarget) => void

/**
 * How a connection to the endpoint is made and trusted.
 *
 * Certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says. HTTP/1.1 only: the signing
 * string of HMAC names it, and a request on HTTP/2 may be sent again without anybody asking.
 *
 * @see Fact sheet 1.5 [reference].
 */
export function connectOptions({ settings, ca, isLoopback }: EndpointAddress) {
  return {
    timeout: settings['connect.withinMs'],
    allowH2: false,
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }),
    ...(isLoopback && { lookup: loopbackLookup }),
  }
}

/** A connector that tells of every attempt, also of those that come to nothing. */
export function watchedConnector(
  connect: buildConnector.connector,
  onConnect: ConnectWatcher | undefined,
): buildConnector.connector {
  if (onConnect === undefined) return connect
  return (options, callback) => {
    const { hostname, protocol } = options
    const port = Number(options.port || (protocol === 'https:' ? 443 : 80))
    connect(options, (...[error, socket]) => {
      const address = socket?.remoteAddress
      onConnect({ host: hostname, port, ...(address !== undefined && { address }) })
      if (error) callback(error, null)
      else callback(null, socket)
    })
  }
}
