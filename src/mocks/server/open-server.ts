import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { apiListener, type Serve } from './api-listener.ts'
import { defaultBounds } from './bounds.ts'
import { CallLog } from './call-log.ts'
import type { Pin } from './control-app.ts'
import { handleCall } from './handle-call.ts'
import { IncomingCall } from './incoming-call.ts'
import { LateApp } from './late-app.ts'
import { newNodeServer } from './node-server.ts'
import { refuserIn } from './refusals.ts'
import { refuseResponse } from './refuse.ts'
import { Rounds } from './rounds.ts'
import { venueAt } from './routing.ts'
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
  const rounds = new Rounds()
  const answering = { venues, options }
  const serveAs =
    (pin?: Pin): Serve =>
    (raw, body, response) => {
      const failed = (error: unknown): void => {
        log?.isCall(response, false)
        refuseResponse(response, refusal('failed', raw.url), bounds.lingerMs)
        options.onFailure?.(error)
      }
      const begin = (): (() => void) | undefined => {
        const call = new IncomingCall(raw, body, pin?.base)
        const venue = pin && venueAt(pin.org, call, venues)
        log?.isCall(response, true)
        return handleCall(call, venue, response, answering, failed)
      }
      rounds.add({ begin, failed })
    }
  const app = new LateApp(
    async () => {
      const { openControlApp } = await import('./control-app.ts')
      const origin = () => originOf(server, options)
      const upMs = () => host.now() - startedAt
      const services = { venues, reader, host, origin, upMs, ...(state && { state }) }
      return openControlApp({ server, options, bounds, refusal, serveAs, services })
    },
    (error, { url }, response) => {
      refuseResponse(response, refusal('failed', url), bounds.lingerMs)
      options.onFailure?.(error)
    },
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
