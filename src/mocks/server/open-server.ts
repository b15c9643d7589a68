import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiListener, type Serve } from './api-listener.ts'
import { defaultBounds } from './bounds.ts'
import { CallLog } from './call-log.ts'
import { type Answering, CallUnderWay } from './call-under-way.ts'
import { LateApp } from './late-app.ts'
import { newNodeServer } from './node-server.ts'
import type { Pin } from './pin.ts'
import { refuserIn } from './refusals.ts'
import { refuseResponse } from './refuse.ts'
import { Rounds } from './rounds.ts'
import type { ServerOptions } from './server-options.ts'
import { Venues } from './venues.ts'

export type { ServerOptions } from './server-options.ts'

export interface IntegralServer {
  /** `http://127.0.0.1:8080`. */
  readonly origin: string
  readonly venues: Venues
  /** Lets the calls under way come to their end, takes no others, and closes. */
  close(): Promise<void>
}

/**
 * Opens the simulation to whatever speaks HTTP.
 *
 * @throws {SettingsError} Settings that cannot be.
 * @throws {Error} The port cannot be had.
 */
export async function openServer(options: ServerOptions): Promise<IntegralServer> {
  const { host, hostname, port, limits, tls, reader, state } = options
  const bounds = { ...defaultBounds, ...options.bounds }
  const venues = new Venues(options)
  const startedAt = host.now()
  let isEnding = false
  const refusal = refuserIn(venues.nowhere)
  const log = options.log && new CallLog(options.log, host)
  const failed = (error: unknown, url: string | undefined, response: ServerResponse): void => {
    refuseResponse(response, refusal('failed', url), bounds.lingerMs)
    options.onFailure?.(error)
  }
  const rounds = new Rounds()
  const answering: Answering = {
    ...{ venues, options },
    failed: (error, { raw, response }) => {
      log?.isCall(response, false)
      failed(error, raw.url, response)
    },
  }
  const serveAs =
    (pin?: Pin): Serve =>
    (raw, body, response) => {
      log?.isCall(response, true)
      rounds.add(new CallUnderWay(raw, body, response, answering, pin))
    }
  const app = new LateApp(
    async () => {
      const { openControlApp } = await import('./control-app.ts')
      const origin = () => originOf(server, options)
      const upMs = () => host.now() - startedAt
      const services = { venues, reader, host, origin, upMs, ...(state && { state }) }
      return openControlApp({ server, options, bounds, refusal, serveAs, services })
    },
    (error, { url }, response) => failed(error, url, response),
  )
  const { connections: mostConnections, bodyBytes } = limits
  const listener = apiListener(serveAs(), app.listener, bodyBytes)
  const { server, connections } = newNodeServer(listener, {
    ...(tls && { tls }),
    ...(log && { log }),
    ...{ bounds, refusal, isClosing: () => isEnding, mostConnections, bodyBytes },
  })
  try {
    await once(server.listen({ host: hostname, port }), 'listening')
  } catch (error) {
    venues.close()
    throw error
  }
  return {
    origin: originOf(server, options),
    venues,
    close: async () => {
      isEnding = true
      const closed = once(server, 'close')
      server.close()
      const stop = connections.end()
      await app.close()
      await closed
      stop()
      venues.close()
    },
  }
}

function originOf(server: Server, { hostname, tls }: ServerOptions): string {
  const { port } = server.address() as AddressInfo
  const name = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}
