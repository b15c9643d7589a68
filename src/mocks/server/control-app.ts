import type { RequestListener, Server } from 'node:http'
import { Readable } from 'node:stream'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Serve } from './api-listener.ts'
import type { ServerBounds } from './bounds.ts'
import { CONTROL_PREFIX, ORG } from './control/control-contract.ts'
import { controlRoutes } from './control/control-routes.ts'
import type { ControlParts } from './control/handlers.ts'
import { isControl } from './control-address.ts'
import { guardControl, refuseUnknownControl, refuseUnknownPath } from './control-gate.ts'
import type { Pin } from './pin.ts'
import { problemOfReader, type Refuser } from './refusals.ts'
import { refuseResponse } from './refuse.ts'
import type { ServerOptions } from './server-options.ts'
import { withoutAuthority } from './without-authority.ts'

/** Node takes no longer address. */
const LONGEST_ADDRESS = 16 * 1024

const NOTHING = Buffer.alloc(0)
const BASE = `${CONTROL_PREFIX}${ORG.replace('{org}', ':org')}/api`

export interface ControlAppParts {
  /** The server whose requests these are; it listens already. */
  readonly server: Server
  readonly options: ServerOptions
  readonly bounds: ServerBounds
  readonly refusal: Refuser
  /** Serves what is no call of the control API after all; of a pinned organisation, where there is one. */
  readonly serveAs: (pin?: Pin) => Serve
  readonly services: ControlParts
}

export interface ControlApp {
  readonly listener: RequestListener
  /** Ends its streams, which have no end of their own. */
  close(): Promise<void>
}

/**
 * The control API, pinned addresses, and every request of the API that takes a framework to read. It hands
 * bodies over as bytes, and refuses in the shape of errors that clients know.
 */
export async function openControlApp(parts: ControlAppParts): Promise<ControlApp> {
  const { server, serveAs, services, options } = parts
  let listener: RequestListener | undefined
  const app = newApp(parts, (handler) => {
    listener = handler
    return server
  })
  const served = (pin?: Pin) => {
    const serve = serveAs(pin)
    return ({ raw, body }: Received, reply: FastifyReply): void => {
      reply.hijack()
      serve(raw, body instanceof Buffer ? body : NOTHING, reply.raw)
    }
  }
  const serve = served()
  app.all('/*', serve)
  app.setNotFoundHandler((request, reply) =>
    isControl(request.url) ? refuseUnknownPath(request, reply) : serve(request, reply),
  )
  app.all(`${BASE}/*`, (request, reply) => {
    const { org = '' } = Object(request.params) as { readonly org?: string }
    served({ org, base: baseOf(request.url) })(request, reply)
  })
  app.register((control, _options, done) => {
    guardControl(control, { ...options, scheme: options.tls ? 'https' : 'http' })
    refuseUnknownControl(control)
    controlRoutes(control, services)
    done()
  })
  await app.ready()
  if (!listener) throw new Error('Failed to open the control API: Fastify asked for no server.')
  return { listener, close: () => app.close() }
}

type Received = Pick<FastifyRequest, 'raw' | 'body'>

function newApp(
  { options: { limits, onFailure }, bounds, refusal, serveAs }: ControlAppParts,
  serverFactory: (handler: RequestListener) => Server,
): FastifyInstance {
  const app = Fastify({
    serverFactory,
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
      else serveAs()(raw, NOTHING, reply.raw)
    },
  })
  // Bodies are for the doors to read: whatever they are declared as, they come as bytes.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  // Node has ended already what has no body; Fastify would wait for its end.
  app.addHook('preParsing', (_request, _reply, payload, done) => {
    done(null, 'readableEnded' in payload && payload.readableEnded ? Readable.from([]) : payload)
  })
  app.setErrorHandler((error: FastifyError, { url }, reply) => {
    reply.hijack()
    const problem = problemOfReader(error.code)
    if (problem === 'failed') onFailure?.(error)
    refuseResponse(reply.raw, refusal(problem, url), bounds.lingerMs)
  })
  return app as unknown as FastifyInstance
}

/** As it was sent, with whatever percent-encoding: what stands before the fifth slash. */
function baseOf(url: string): string {
  return url.split('/', BASE.split('/').length).join('/')
}

/** The doors validate: Fastify is given no schema. Left to itself it loads the compilers of some, 80 ms. */
function noSchema(): never {
  throw new Error('Failed to compile a schema: there is none.')
}
