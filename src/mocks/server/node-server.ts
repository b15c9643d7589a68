import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import type { WireAnswer } from '../http/door.ts'
import type { ServerBounds } from './bounds.ts'
import type { CallLog } from './call-log.ts'
import { Connections } from './connections.ts'
import { problemOfParser, type Refuser } from './refusals.ts'
import { refuseResponse, refuseSocket } from './refuse.ts'

export interface NodeServerOptions {
  /** Key and certificate as PEM, for HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly bounds: ServerBounds
  readonly mostConnections: number
  readonly bodyBytes: number
  readonly refusal: Refuser
  /** Whether the server is to end: what begins to come in then is refused. */
  readonly isClosing: () => boolean
  readonly log?: CallLog
}

export interface NodeServer {
  readonly server: Server
  readonly connections: Connections
}

/**
 * A server of Node's that holds out against whatever clients do, and tells them what was wrong in the
 * shape of errors that it is given.
 */
export function newNodeServer(listener: RequestListener, options: NodeServerOptions): NodeServer {
  const { tls, bounds, refusal, isClosing, mostConnections, bodyBytes, log } = options
  const { lingerMs } = bounds
  /** The response to the last request of each connection. */
  const latest = new WeakMap<Socket, ServerResponse>()
  const answer: RequestListener = (request, response) => {
    const isNameless = request.headers.host === undefined && request.httpVersion === '1.1'
    if (isNameless) refuseResponse(response, refusal('no-host', request.url), lingerMs)
    else if (isClosing()) refuseResponse(response, refusal('closing', request.url), lingerMs)
    else listener(request, response)
  }
  const onRequest: RequestListener = (request, response) => {
    const { socket } = request
    const before = latest.get(socket)
    latest.set(socket, response)
    if (!before || before.writableFinished) answer(request, response)
    // One at a time: answers that nobody reads would pile up.
    else before.once('close', () => socket.destroyed || answer(request, response))
  }
  const settings = nodeOptions(bounds)
  const server = tls
    ? createSecureServer(
        { ...settings, ...tls, handshakeTimeout: bounds.headersWithinMs },
        onRequest,
      )
    : createServer(settings, onRequest)
  log?.watch(server)
  server.maxConnections = mostConnections
  const connections = new Connections(server, tls ? 'secureConnection' : 'connection', bounds)
  const refuse = (socket: Socket, answer: WireAnswer): void => {
    if (refuseSocket(socket, answer, lingerMs, latest.get(socket))) log?.refused(answer.status)
  }
  server.on('connect', (_request: IncomingMessage, socket: Socket) =>
    refuse(socket, refusal('tunnel')),
  )
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (!(Number(request.headers['content-length']) > bodyBytes)) response.writeContinue()
    onRequest(request, response)
  })
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    refuseResponse(response, refusal('unmet-expectation', request.url), lingerMs),
  )
  server.on('clientError', refuseOnce(refusal, refuse))
  return { server, connections }
}

function nodeOptions(bounds: ServerBounds): ServerOptions {
  return {
    requestTimeout: bounds.requestWithinMs,
    headersTimeout: bounds.headersWithinMs,
    keepAliveTimeout: bounds.idleMs,
    connectionsCheckingInterval: bounds.checkEveryMs,
    // Refused by us, in the shape of errors that clients know.
    requireHostHeader: false,
    // Of a request without a body nothing is read, and no event is awaited.
    optimizeEmptyRequests: true,
  }
}

/** A parser that has failed fails again with all that still comes in. */
function refuseOnce(refusal: Refuser, refuse: (socket: Socket, answer: WireAnswer) => void) {
  const refused = new WeakSet<Socket>()
  return ({ code }: NodeJS.ErrnoException, socket: Socket): void => {
    if (refused.has(socket)) return
    refused.add(socket)
    if (code === 'ECONNRESET') socket.destroy()
    else refuse(socket, refusal(problemOfParser(code)))
  }
}
