import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Venue } from '../venue.ts'
import { type ControlOperation, controlContract } from './contract.ts'
import { CONTROL_PREFIX, type ControlContract } from './control-contract.ts'
import { ControlError } from './control-error.ts'
import { streamEvents } from './event-stream.ts'
import { type ControlCall, type ControlParts, controlHandlers } from './handlers.ts'
import { keptStaging } from './kept-staging.ts'

/** Operations that begin or end an organisation: its journal does not live to tell of them, or begins with them. */
const unnoted: readonly string[] = ['removeOrganisation']

/** Who asks for something to be there opens its organisation; who looks, or wants something gone, does not. */
const opening: readonly string[] = ['POST', 'PUT']

/** Mounts the control API. */
export function controlRoutes(app: FastifyInstance, parts: ControlParts): void {
  const handlers = controlHandlers(parts)
  for (const [operation, row] of Object.entries<ControlContract>(controlContract)) {
    if (row.streams) {
      mountStream(app, row, parts)
      continue
    }
    const handle = handlers[operation as ControlOperation] as (
      call: ControlCall<ControlOperation>,
    ) => unknown
    app.route({
      method: row.method,
      url: CONTROL_PREFIX + row.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        try {
          const params = Object(request.params) as Record<string, string>
          const body = row.body && read(row.body, bodyOf(request), 'body')
          const query = row.query && read(row.query, queryOf(request), 'query')
          const isStaging = row.method !== 'GET'
          const value = await keptStaging(parts.state, isStaging, async () => {
            const venue = venueOf(params.org, opening.includes(row.method), parts)
            const call = { venue, params, body, query } as ControlCall<ControlOperation>
            const done = await handle(call)
            if (isStaging && !unnoted.includes(operation))
              venue.note(operation, withoutSecrets({ ...params, ...Object(body) }))
            return done
          })
          if (row.isText) return reply.type('text/plain; charset=utf-8').send(value)
          return answer(reply, row.answer ? 200 : 204, value)
        } catch (error) {
          return refuse(reply, error)
        }
      },
    })
  }
}

function mountStream(app: FastifyInstance, { path }: ControlContract, parts: ControlParts): void {
  const url = CONTROL_PREFIX + path.replace('{org}', ':org')
  app.get(url, { exposeHeadRoute: false }, (request, reply) => {
    const { org } = Object(request.params) as { readonly org?: string }
    try {
      const venue = venueOf(org, false, parts)
      const lastEventId = request.headers['last-event-id']
      reply.hijack()
      streamEvents(venue, reply.raw, parts.host, [lastEventId].flat()[0])
    } catch (error) {
      refuse(reply, error)
    }
  })
}

/** What goes into the journal: which organisation it was, the journal knows. */
function withoutSecrets({
  org: _org,
  password: _password,
  ...details
}: Readonly<Record<string, unknown>>): unknown {
  return details
}

/** Staging opens an organisation; looking does not, but counts as use. */
function venueOf(org: string | undefined, isStaging: boolean, { venues }: ControlParts): Venue {
  if (org === undefined) return venues.nowhere
  const known = venues.find(org)
  if (known) {
    known.use()
    return known
  }
  if (isStaging && org !== '') return venues.open(org)
  throw new ControlError(
    404,
    `There is no organisation ${org} yet: nobody logged in there, and nothing was staged.`,
  )
}

function bodyOf({ body }: FastifyRequest): unknown {
  const text = body instanceof Buffer ? body.toString('utf8') : ''
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new ControlError(400, 'The body is not JSON.')
  }
}

function queryOf({ url }: FastifyRequest): unknown {
  const at = url.indexOf('?')
  return Object.fromEntries(new URLSearchParams(at < 0 ? '' : url.slice(at + 1)))
}

function read(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const path = issue?.path.join('.') || where
  throw new ControlError(400, `Failed to read ${path}: ${issue?.message}.`, path)
}

function answer(reply: FastifyReply, status: 200 | 204, value: unknown): FastifyReply {
  if (status === 204) return reply.code(204).send()
  return reply.code(200).type('application/json').send(JSON.stringify(value))
}

/** What staging refuses with a RangeError is the caller's mistake too. */
function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof ControlError || error instanceof RangeError)) throw error
  const { status, path } = error instanceof ControlError ? error : { status: 400, path: undefined }
  const body = { error: error.message, ...(path !== undefined && { path }) }
  return reply.code(status).type('application/json').send(JSON.stringify(body))
}
