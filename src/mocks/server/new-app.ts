import type { RequestListener } from 'node:http'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { ServerBounds } from './bounds.ts'
import { CONTROL_PREFIX } from './control/control-contract.ts'
import { isControl } from './control-gate.ts'
import { withoutAuthority } from './incoming.ts'
import { type NodeServer, type NodeServerOptions, newNodeServer } from './node-server.ts'
import { problemOfReader } from './refusals.ts'
import { refuseResponse } from './refuse.ts'
import type { ServerOptions } from './server-options.ts'

/** Node takes no longer address. */
const LONGEST_ADDRESS = 16 * 1024

/** Where a request goes that has come in whole. */
export type Serve = (
  request: Pick<FastifyRequest, 'raw' | 'body'>,
  reply: Pick<FastifyReply, 'raw' | 'hijack'>,
) => void

export interface AppParts extends Pick<NodeServerOptions, 'refusal' | 'isClosing' | 'log'> {
  /** Gets what is not even an address, too. */
  readonly serve: Serve
}

export interface App extends NodeServer {
  readonly app: FastifyInstance
}

/**
 * A Fastify that hands bodies over as bytes, and refuses in the shape of errors that clients know.
 */
export function newApp(
  { tls, limits, onFailure }: ServerOptions,
  bounds: ServerBounds,
  { refusal, serve, isClosing, log }: AppParts,
): App {
  const nodes: NodeServer[] = []
  const app = Fastify({
    serverFactory: (listener) => {
      const { connections: mostConnections, bodyBytes } = limits
      const node = newNodeServer(pastRouter(listener, serve), {
        ...(tls && { tls }),
        ...(log && { log }),
        ...{ bounds, refusal, isClosing, mostConnections, bodyBytes },
      })
      nodes.push(node)
      return node.server
    },
    bodyLimit: limits.bodyBytes,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    rewriteUrl: withoutAuthority,
    routerOptions: { querystringParser: () => ({}), maxParamLength: LONGEST_ADDRESS },
    schemaController: { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } },
    // The server has a handler of its own.
    clientErrorHandler: () => undefined,
    frameworkErrors: (_error, { raw, url }, reply) => {
      reply.hijack()
      if (isControl(url)) refuseResponse(reply.raw, refusal('bad-address', url), bounds.lingerMs)
      else serve({ raw, body: undefined }, reply)
    },
  })
  // Bodies are for the doors to read: whatever they are declared as, they come as bytes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setErrorHandler((error: FastifyError, { url }, reply) => {
    reply.hijack()
    const problem = problemOfReader(error.code)
    if (problem === 'failed') onFailure?.(error)
    refuseResponse(reply.raw, refusal(problem, url), bounds.lingerMs)
  })
  const [node] = nodes
  if (!node) throw new Error('Failed to open a server: Fastify asked for none.')
  return { app: app as unknown as FastifyInstance, ...node }
}

/**
 * Hands calls of the API without a body on at once, where the address pins no organisation: nothing of Fastify is about them, and its
 * router and reply are a tenth of what a call costs.
 */
function pastRouter(listener: RequestListener, serve: Serve): RequestListener {
  return (request, response) => {
    const { url = '', headers } = request
    const hasBody = headers['content-length'] ?? headers['transfer-encoding']
    if (hasBody !== undefined || !url.startsWith('/') || url.startsWith(CONTROL_PREFIX)) {
      listener(request, response)
      return
    }
    serve({ raw: request, body: undefined }, { raw: response, hijack: () => undefined as never })
  }
}

/** The doors validate: Fastify is given no schema. Left to itself it loads the compilers of some, 80 ms. */
function noSchema(): never {
  throw new Error('Failed to compile a schema: there is none.')
}
