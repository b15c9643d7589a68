import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { answerCall } from './answer-call.ts'
import { defaultBounds } from './bounds.ts'
import { CallLog } from './call-log.ts'
import { CONTROL_PREFIX, ORG } from './control/control-contract.ts'
import { controlRoutes } from './control/control-routes.ts'
import { guardControl, isControl, refuseUnknownControl, refuseUnknownPath } from './control-gate.ts'
import { callOf } from './incoming.ts'
import { newApp, type Serve } from './new-app.ts'
import { refuserIn } from './refusals.ts'
import { refuseResponse } from './refuse.ts'
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

const NOTHING = Buffer.alloc(0)
const BASE = `${CONTROL_PREFIX}${ORG.replace('{org}', ':org')}/api`

/**
 * Opens the simulation to whatever speaks HTTP.
 *
 * @throws {SettingsError} Settings that cannot be.
 * @throws {Error} The port cannot be had.
 */
export async function openServer(options: ServerOptions): Promise<IntegralServer> {
  const bounds = { ...defaultBounds, ...options.bounds }
  const venues = new Venues(options)
  let isEnding = false
  const refusal = refuserIn(venues.nowhere)
  const log = options.log && new CallLog(options.log, options.host)
  const serveAs =
    (pinned?: { readonly org: string; readonly base: string }): Serve =>
    ({ raw, body }, reply) => {
      reply.hijack()
      const call = callOf(raw, body instanceof Buffer ? body : NOTHING, pinned?.base)
      const venue = pinned && venueAt(pinned.org, call, venues)
      log?.isCall(reply.raw, true)
      answerCall(call, venue, reply.raw, { venues, options }).catch((error: unknown) => {
        log?.isCall(reply.raw, false)
        refuseResponse(reply.raw, refusal('failed', raw.url), bounds.lingerMs)
        options.onFailure?.(error)
      })
    }
  const serve = serveAs()
  const { app, connections } = newApp(options, bounds, {
    ...{ refusal, serve, isClosing: () => isEnding },
    ...(log && { log }),
  })
  app.all('/*', serve)
  app.setNotFoundHandler((request, reply) =>
    isControl(request.url) ? refuseUnknownPath(request, reply) : serve(request, reply),
  )
  app.all(`${BASE}/*`, (request, reply) => {
    const { org = '' } = Object(request.params) as { readonly org?: string }
    serveAs({ org, base: baseOf(request.url) })(request, reply)
  })
  const startedAt = options.host.now()
  app.register((control, _options, done) => {
    guardControl(control, { ...options, scheme: schemeOf(options) })
    refuseUnknownControl(control)
    controlRoutes(control, {
      ...{ venues, reader: options.reader, host: options.host },
      ...(options.state && { state: options.state }),
      origin: () => originOf(app, options),
      upMs: () => options.host.now() - startedAt,
    })
    done()
  })
  try {
    await app.listen({ host: options.hostname, port: options.port })
  } catch (error) {
    venues.close()
    throw error
  }
  return {
    origin: originOf(app, options),
    venues,
    close: async () => {
      isEnding = true
      const stop = connections.end()
      await app.close()
      stop()
      venues.close()
    },
  }
}

/** As it was sent, with whatever percent-encoding: what stands before the fifth slash. */
function baseOf(url: string): string {
  return url.split('/', BASE.split('/').length).join('/')
}

function schemeOf({ tls }: ServerOptions): 'http' | 'https' {
  return tls ? 'https' : 'http'
}

function originOf({ server }: FastifyInstance, options: ServerOptions): string {
  const { port } = server.address() as AddressInfo
  const { hostname } = options
  return `${schemeOf(options)}://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}
