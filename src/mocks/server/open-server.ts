import { isUtf8 } from 'node:buffer'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify'
import type { Clock } from '../../api/clock.ts'
import type { Delivery, WireAnswer } from '../http/door.ts'
import { deliver } from '../http/node-delivery.ts'
import { NodeHeaders } from './node-headers.ts'
import { problemOfParser, type TransportProblem, transportRefusal } from './refusals.ts'
import { venueOf } from './routing.ts'
import type { IncomingCall } from './venue.ts'
import { Venues, type VenuesOptions } from './venues.ts'

export interface ServerOptions extends VenuesOptions {
  /** Name or address to listen on. */
  readonly hostname: string
  /** 0 for any that is free. */
  readonly port: number
  /** Key and certificate as PEM, for HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Told of each call once it is answered. */
  readonly log?: (line: CallLine) => void
  /** Told of a mistake of this program, which was answered with 500. */
  readonly onFailure?: (error: unknown) => void
}

/** One call, for a log: nothing of it can be a secret. */
export interface CallLine {
  readonly at: string
  readonly organisation: string
  readonly method: string
  readonly path: string
  readonly operation?: string
  readonly status: number | 'cut'
  readonly fault?: string
  readonly delivered: boolean
  readonly tookMs: number
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
  const serve = (raw: IncomingMessage, body: unknown, reply: FastifyReply): void => {
    reply.hijack()
    const bytes = body instanceof Buffer ? body : NOTHING
    answerCall(raw, bytes, reply.raw, venues, options).catch((error: unknown) => {
      refuseResponse(reply.raw, refusalOf('failed', venues))
      options.onFailure?.(error)
    })
  }
  app.all('/*', (request, reply) => serve(request.raw, request.body, reply))
  app.setNotFoundHandler((request, reply) => serve(request.raw, request.body, reply))
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
    routerOptions: { querystringParser: () => ({}) },
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

async function answerCall(
  raw: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  venues: Venues,
  { host, log }: ServerOptions,
): Promise<void> {
  const call = callOf(raw, body)
  const venue = venueOf(call, venues)
  if (!isUtf8(body)) {
    refuseResponse(response, transportRefusal('not-utf-8', venue.exchange.settings))
    return
  }
  const { delivery, done } = venue.handle(call)
  const startedAt = host.now()
  const delivered = await deliver(delivery, response, host)
  done(delivered)
  log?.(lineOf(call, venue.name, delivery, delivered, startedAt, host))
}

function refusalOf(problem: TransportProblem, { nowhere }: Venues): WireAnswer {
  return transportRefusal(problem, nowhere.exchange.settings)
}

function callOf(raw: IncomingMessage, body: Buffer): IncomingCall {
  const target = raw.url ?? '/'
  const at = target.indexOf('?')
  return {
    method: raw.method ?? 'GET',
    pathname: at < 0 ? target : target.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers: new NodeHeaders(raw.headers),
    body: body.toString('utf8'),
    wire: { target, body },
    target,
    rawHeaders: raw.rawHeaders,
  }
}

function lineOf(
  { method, pathname }: IncomingCall,
  organisation: string,
  { answer, fault }: Delivery,
  delivered: boolean,
  startedAt: number,
  host: Clock,
): CallLine {
  return {
    at: new Date(startedAt).toISOString(),
    organisation,
    method,
    path: pathname,
    status: answer === 'cut' ? 'cut' : answer.status,
    ...(fault !== undefined && { fault }),
    delivered,
    tookMs: host.now() - startedAt,
  }
}

function refuseResponse(
  response: ServerResponse,
  { status, headers, text = '' }: WireAnswer,
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, [
    ...headers.flat(),
    'Content-Length',
    String(Buffer.byteLength(text)),
    'Connection',
    'close',
  ])
  response.end(text)
}

/** There is no request, and so no response to answer with. */
function refuseSocket(socket: Socket, { status, headers, text = '' }: WireAnswer): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}

function originOf({ server }: FastifyInstance, { tls, hostname }: ServerOptions): string {
  const { port } = server.address() as AddressInfo
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return `${tls ? 'https' : 'http'}://${host}:${port}`
}
