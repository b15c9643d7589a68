import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { askerOf, stateFor } from './askers.ts'
import { secretsOf } from './echo.ts'
import type { Body, Reply } from './replies.ts'
import { type ApiRequest, objectIn } from './requests.ts'
import { replyTo } from './routes.ts'
import type { LoggedRequest, State } from './state.ts'

type Incoming = Omit<ApiRequest, 'parts'>
type Answer = Extract<Reply, { kind: 'answer' }>

const EXTRA = { serverNode: 'ldn-7', queueMicros: 312, routing: { path: ['a', 'b'], hops: null } }

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** `value` with more fields in it, or in each of its elements. */
function withFields(value: unknown, fields: object): unknown {
  if (Array.isArray(value)) return value.map((each) => withFields(each, fields))
  return isObject(value) ? { ...value, ...fields } : value
}

function bodyText(state: State, body: Body, secrets: readonly string[]): string {
  if (body.type === 'none') return ''
  if (body.type === 'html') return `${body.text}\n${secrets.join(' ')}`
  const message =
    isObject(body.value) && 'errorMessage' in body.value
      ? { errorMessage: [body.value.errorMessage, ...secrets].join(' ') }
      : {}
  const echoed = secrets.length > 0 ? { debugEcho: secrets, ...message } : {}
  const extra = state.flags.extraFields ? EXTRA : {}
  return JSON.stringify(withFields(body.value, { ...extra, ...echoed }))
}

const types = { json: 'application/json', html: 'text/html', none: undefined }

function send(state: State, request: Incoming, response: ServerResponse, reply: Answer): void {
  const secrets = state.flags.echoSecrets ? secretsOf(state, request) : []
  const type = types[reply.body.type]
  const requestId = request.headers['x-request-id']
  response.statusCode = reply.status
  if (type !== undefined) response.setHeader('Content-Type', type)
  if (requestId !== undefined) response.setHeader('X-Request-ID', requestId)
  for (const [name, value] of Object.entries(reply.headers))
    response.setHeader(name, typeof value === 'string' ? value : [...value])
  // The bytes of UTF-8, one character each; Node keeps to that if the body is no string.
  if (secrets.length > 0)
    response.setHeader('X-Echo', Buffer.from(secrets.join(' ')).toString('latin1'))
  response.end(Buffer.from(bodyText(state, reply.body, secrets)))
}

/** The order that a request is about, as far as it says. */
function orderOf(state: State, path: string, request: Incoming) {
  const id = /^\/v2\/orders\/([^/]+)$/.exec(path)?.[1]
  if (id !== undefined) {
    const coId = state.orders.find(({ orderId }) => orderId === id)?.coId
    return { id, coId: coId ?? null }
  }
  const named = path === '/v2/orders' ? (request.query.get('coId') ?? objectIn(request)?.coId) : ''
  const coId = typeof named === 'string' && named !== '' ? named : null
  const known = state.orders.find((order) => order.coId === coId)?.orderId
  return { id: known ?? (coId === null ? undefined : `client id ${coId}`), coId }
}

async function answer(first: State, message: IncomingMessage, response: ServerResponse) {
  response.on('close', first.measures.request())
  const { method = '', url: target = '/', headers } = message
  const { pathname: path, searchParams: query, search } = new URL(target, 'http://stand-in')
  const logged: LoggedRequest = {
    at: Date.now(),
    method,
    path,
    query: search.slice(1),
    headers,
    body: '',
    user: null,
    coId: null,
    status: null,
  }
  first.requests.push(logged)
  const body = await text(message)
  const request: Incoming = { method, target, query, headers, body }
  const state = stateFor(first, request)
  const order = orderOf(state, path, request)
  logged.user = askerOf(state, request)
  logged.body = body
  logged.coId = order.coId
  if (method === 'GET' && order.id !== undefined)
    response.on('close', state.measures.query(order.id))
  if (state.flags.latencyMs > 0) await pause(state.flags.latencyMs)
  const reply = replyTo(state, path, request)
  if (reply.kind === 'cut') message.socket.destroy()
  if (reply.kind !== 'answer') return
  logged.status = reply.status
  send(state, request, response, reply)
}

/** Serves the API. A request that breaks off half-way is given up; it has been logged. */
export const apiListener =
  (state: State): RequestListener =>
  (message, response) => {
    answer(state, message, response).catch((error: unknown) => {
      if (!message.destroyed) process.stderr.write(`${String(error)}\n`)
      message.socket.destroy()
    })
  }
