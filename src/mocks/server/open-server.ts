import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { WireAnswer } from '../http/door.ts'
import { deliver } from '../http/node-delivery.ts'
import { type CallLine, lineOf } from './call-line.ts'
import { CONTROL_PREFIX, ORG } from './control/control-contract.ts'
import { controlRoutes } from './control/control-routes.ts'
import type { IncomingCall } from './incoming-call.ts'
import type { JournalReader } from './journal-reader.ts'
import { NodeHeaders } from './node-headers.ts'
import { problemOfParser, type TransportProblem, transportRefusal } from './refusals.ts'
import { refuseResponse, refuseSocket } from './refuse.ts'
import { venueOf } from './routing.ts'
import type { Venue } from './venue.ts'
import { Venues, type VenuesOptions } from './venues.ts'

export interface ServerOptions extends VenuesOptions {
  /** Name or address to listen on. */
  readonly hostname: string
  /** 0 for any that is free. */
  readonly port: number
  /** Key and certificate as PEM, for HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Makes of journals what may be shown. */
  readonly reader: JournalReader
  /** Told of each call once it is answered. */
  readonly log?: (line: CallLine) => void
  /** Told of a mistake of this program, which was answered with 500. */
  readonly onFailure?: (error: unknown) => void
}

export interface IntegralServer {
  /** `http://127.0.0.1:8080`. */
  readonly origin: string
  readonly venues: Venues
  /** Lets the calls under way come to their end, takes no others, and closes. */
  close(): Promise<void>
}

/** Longest that a request may take to come in, and that a connection may be silent in between, in ms. */
const REQUEST_WITHIN_MS = 30_000
const HEADERS_WITHIN_MS = 15_000
const KEEP_ALIVE_MS = 65_000
const NOTHING = Buffer.alloc(0)

/**
 * Opens the simulation to whatever speaks HTTP.
 *
 * @throws {SettingsError} Settings that cannot be.
 * @throws {Error} The port cannot be had.
 */
export async function openServer(options: ServerOptions): Promise<IntegralServer> {
  const venues = new Venues(options)
  const app = newFastify(options, venues)
  const serve: Serve = ({ raw, body }, reply, pinned) => {
    reply.hijack()
    const call = callOf(raw, body instanceof Buffer ? body : NOTHING, pinned?.base)
    answerCall(call, pinned?.venue, reply.raw, venues, options).catch((error: unknown) => {
      refuseResponse(reply.raw, refusalOf('failed', venues))
      options.onFailure?.(error)
    })
  }
  app.all('/*', (request, reply) => serve(request, reply))
  app.setNotFoundHandler((request, reply) => serve(request, reply))
  mountPinned(app, venues, serve)
  const startedAt = options.host.now()
  controlRoutes(app, {
    ...{ venues, reader: options.reader, host: options.host },
    origin: () => originOf(app, options),
    upMs: () => options.host.now() - startedAt,
  })
  await app.listen({ host: options.hostname, port: options.port })
  return {
    origin: originOf(app, options),
    venues,
    close: async () => {
      await app.close()
      venues.close()
    },
  }
}

/** Hands a request to a door: of the organisation that its address names, or whose it turns out to be. */
type Serve = (
  request: Pick<FastifyRequest, 'raw' | 'body'>,
  reply: FastifyReply,
  pinned?: { readonly venue: Venue; readonly base: string },
) => void

/** Below an address of its own, an organisation answers whatever token or login a request carries. */
function mountPinned(app: FastifyInstance, venues: Venues, serve: Serve): void {
  const base = `${CONTROL_PREFIX}${ORG.replace('{org}', ':org')}/api`
  app.all(`${base}/*`, (request, reply) => {
    const { org = '' } = Object(request.params) as { readonly org?: string }
    const known = venues.find(org)
    const venue = known ?? (venues.admission === 'anybody' ? venues.open(org) : venues.nowhere)
    const [, , , segment = ''] = request.raw.url?.split('/') ?? []
    serve(request, reply, { venue, base: base.replace(':org', segment) })
  })
}

function newFastify({ tls, limits }: ServerOptions, venues: Venues): FastifyInstance {
  const refuse = (problem: TransportProblem) => refusalOf(problem, venues)
  const app = Fastify({
    ...(tls && { https: tls }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: REQUEST_WITHIN_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_WITHIN_MS },
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { querystringParser: () => ({}), maxParamLength: 1_000 },
    schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } },
    clientErrorHandler: (error, socket) =>
      refuseSocket(socket, refuse(problemOfParser(error.code))),
    frameworkErrors: (_error, _request, reply) => {
      reply.hijack()
      refuseResponse(reply.raw, refuse('bad-address'))
    },
  }) as unknown as FastifyInstance
  // Bodies are for the doors to read: whatever they are declared as, they come as bytes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    reply.hijack()
    const isLarge = error.statusCode === 413
    refuseResponse(reply.raw, refuse(isLarge ? 'body-too-large' : 'bad-request'))
  })
  return app
}

/** The doors validate: Fastify is given no schema. Left to itself it loads the compilers of some, 80 ms. */
function noSchema(): never {
  throw new Error('Failed to compile a schema: there is none.')
}

async function answerCall(
  call: IncomingCall,
  pinned: Venue | undefined,
  response: ServerResponse,
  venues: Venues,
  { host, log }: ServerOptions,
): Promise<void> {
  const venue = pinned ?? venueOf(call, venues)
  if (!isUtf8(call.wire.body)) {
    refuseResponse(response, transportRefusal('not-utf-8', venue.exchange.settings))
    return
  }
  if (venue.companion) await venue.companion.settled()
  const { delivery, done } = venue.handle(call)
  const startedAt = host.now()
  const delivered = await deliver(delivery, response, venue.deliveryClock)
  done(delivered)
  log?.(lineOf(call, venue.name, delivery, delivered, startedAt, host))
}

function refusalOf(problem: TransportProblem, { nowhere }: Venues): WireAnswer {
  return transportRefusal(problem, nowhere.exchange.settings)
}

function callOf(raw: IncomingMessage, body: Buffer, base = ''): IncomingCall {
  const url = raw.url ?? '/'
  const target = url.slice(base.length)
  const at = target.indexOf('?')
  return {
    method: raw.method ?? 'GET',
    pathname: at < 0 ? target : target.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers: new NodeHeaders(raw.headers),
    body: body.toString('utf8'),
    wire: { target: url, body },
    target,
    rawHeaders: raw.rawHeaders,
  }
}

function originOf({ server }: FastifyInstance, { tls, hostname }: ServerOptions): string {
  const { port } = server.address() as AddressInfo
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${tls ? 'https' : 'http'}://${host}:${port}`
}
