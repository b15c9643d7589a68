import { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { buildConnector, Client } from 'undici'
import { connectOptions } from '../dispatcher-connect.ts'
import type { EndpointConfig } from '../endpoint-config.ts'
import type { ProxySettings } from '../proxy-choice.ts'

/** A certificate that was accepted. */
export interface SeenCertificate {
  readonly subject: string
  readonly issuer: string
  /** Epoch milliseconds. */
  readonly validTo: number
  /** e.g. `TLSv1.3` */
  readonly protocol: string
}

/**
 * Shakes hands with an https endpoint as every request does, and hangs up. No request is sent.
 *
 * @throws {Error} No connection, or a certificate that is not trusted; with a code in its cause chain.
 */
export async function shakeHands(config: EndpointConfig): Promise<SeenCertificate> {
  if (config.proxy === undefined) return lookAt(await secured(config))
  const client = new Client(new URL(config.proxy.url).origin, {
    headersTimeout: config.settings['connect.withinMs'],
    allowH2: false,
    connect: connectOptions(config),
  })
  try {
    return lookAt(await secured(config, await tunnelled(client, config, config.proxy)))
  } finally {
    await client.destroy()
  }
}

async function tunnelled(client: Client, { baseUrl }: EndpointConfig, { url }: ProxySettings) {
  const { hostname, port } = new URL(baseUrl)
  const { username, password } = new URL(url)
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`
  const { socket, statusCode } = await client.connect({
    path: `${hostname}:${port || 443}`,
    ...(username !== '' && { headers: { 'proxy-authorization': authorization } }),
  })
  if (statusCode === 200 && socket instanceof Socket) return socket
  socket.destroy()
  throw new TunnelRefusedError(`The proxy answered ${statusCode} to CONNECT.`)
}

/** The code is that of undici, so that both read alike. */
class TunnelRefusedError extends Error {
  override readonly name = 'TunnelRefusedError'
  readonly code = 'UND_ERR_ABORTED'
}

function secured(config: EndpointConfig, httpSocket?: Socket): Promise<Socket> {
  const { protocol, host, hostname, port } = new URL(config.baseUrl)
  const target = { protocol, host, hostname: hostname.replace(/^\[|\]$/g, ''), port }
  return new Promise((resolve, reject) => {
    const connect = buildConnector(connectOptions(config))
    connect({ ...target, ...(httpSocket && { httpSocket }) }, (...[error, socket]) =>
      error ? reject(error) : resolve(socket),
    )
  })
}

function lookAt(socket: Socket): SeenCertificate {
  if (!(socket instanceof TLSSocket)) throw new Error('An https connection without TLS.')
  const { subject, issuer, valid_to } = socket.getPeerCertificate()
  const protocol = socket.getProtocol() ?? 'TLS'
  socket.destroy()
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validTo: Date.parse(valid_to),
    protocol,
  }
}

function nameOf({ CN, O }: { readonly CN?: unknown; readonly O?: unknown }): string {
  return [CN ?? O ?? 'no name'].flat().join(', ')
}
