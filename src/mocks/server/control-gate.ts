import { isUtf8 } from 'node:buffer'
import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isTooDeep } from '../http/json-depth.ts'
import { controlContract } from './control/contract.ts'
import { CONTROL_PREFIX, type ControlContract } from './control/control-contract.ts'
import { MOST_NAME_CHARACTERS } from './limits.ts'
import { foreignness } from './own-address.ts'

export interface GateOptions {
  /** What the server listens on. */
  readonly hostname: string
  readonly scheme: 'http' | 'https'
}

/** Turns down what no operation of the control API should see, in its own shape of errors. */
export function guardControl(app: FastifyInstance, options: GateOptions): void {
  const streams = new Set<ServerResponse>()
  app.addHook('onRequest', async ({ routeOptions: { url } }, { raw }) => {
    if (!streaming.has(url ?? '')) return
    streams.add(raw)
    raw.once('close', () => streams.delete(raw))
  })
  app.addHook('onRequest', async ({ headers }, reply) => {
    reply.headers({ 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
    const foreign = foreignness(headers, options.hostname, options.scheme)
    return foreign === undefined ? undefined : refuse(reply, 403, foreign)
  })
  app.addHook('preHandler', async (request, reply) => {
    const wrong = problemOf(request)
    return wrong && refuse(reply, ...wrong)
  })
  // They have no end of their own.
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
  })
}

/**
 * Answers what there is no operation for: 405 where the path has others, 404 otherwise. It comes before
 * the operations, as Fastify makes a HEAD of each GET that has none.
 */
export function refuseUnknownControl(app: FastifyInstance): void {
  for (const [path, methods] of methodsByPath()) {
    const url = patternOf(path)
    const hasHead = methods.includes('GET') && !streaming.has(url)
    const allowed = hasHead ? [...methods, 'HEAD'] : methods
    const method = app.supportedMethods.filter((each) => !allowed.includes(each))
    app.route({ method, url, handler: refuseMethod(allowed) })
  }
  for (const url of [CONTROL_PREFIX, `${CONTROL_PREFIX}/*`]) app.all(url, refuseUnknownPath)
}

function refuseMethod(allowed: readonly string[]) {
  return async ({ method }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.header('Allow', allowed.join(', '))
    return refuse(reply, 405, `There is no ${method} here, only ${allowed.join(', ')}.`)
  }
}

export async function refuseUnknownPath(
  { method, url }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const [path = ''] = url.split('?')
  return refuse(reply, 404, `There is no ${method} ${path} in the control API.`)
}

type Problem = readonly [status: number, error: string, path?: string]

function problemOf({ params, body, headers }: FastifyRequest): Problem | undefined {
  const { org } = Object(params) as { readonly org?: string }
  if (org === '') return [400, 'The organisation has no name.', 'org']
  if (org !== undefined && org.length > MOST_NAME_CHARACTERS) {
    return [400, `An organisation has at most ${MOST_NAME_CHARACTERS} characters.`, 'org']
  }
  if (!(body instanceof Buffer) || body.length === 0) return undefined
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return [415, 'The body is compressed: send it as it is.']
  }
  if (!isUtf8(body)) return [400, 'The body is not UTF-8.']
  return isTooDeep(body.toString('utf8')) ? [400, 'The body nests too deep.'] : undefined
}

function refuse(reply: FastifyReply, status: number, error: string, path?: string): FastifyReply {
  return reply
    .code(status)
    .type('application/json')
    .send(JSON.stringify({ error, ...(path !== undefined && { path }) }))
}

/** As Fastify has it. */
function patternOf(path: string): string {
  return CONTROL_PREFIX + path.replaceAll(/\{(\w+)\}/g, ':$1')
}

const rows = Object.values<ControlContract>(controlContract)
const streaming: ReadonlySet<string> = new Set(
  rows.flatMap(({ streams, path }) => (streams ? patternOf(path) : [])),
)

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, readonly string[]>()
  for (const { path, method } of rows) methods.set(path, [...(methods.get(path) ?? []), method])
  return methods
}
