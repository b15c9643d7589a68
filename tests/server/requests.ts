import { assert } from 'chai'
import type { Connection, WireReply } from './wire.ts'

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, unless it is a text or bytes already. */
  readonly body?: unknown
}

/** A request as it goes out on the wire. */
export function requestText(
  path: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Buffer {
  const bytes =
    body === undefined
      ? Buffer.alloc(0)
      : Buffer.from(
          typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
        )
  const all = {
    Host: 'localhost',
    ...(body !== undefined && {
      'Content-Type': 'application/json',
      'Content-Length': String(bytes.length),
    }),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes])
}

/** Sends a request and takes its answer. */
export function ask(connection: Connection, path: string, sent: Sent = {}): Promise<WireReply> {
  connection.write(requestText(path, sent))
  return connection.reply({ method: sent.method ?? 'GET' })
}

/** Logs in. @returns The token. */
export async function logIn(
  connection: Connection,
  { user = 'ada', pass = 'secret', org = 'Acme' } = {},
): Promise<string> {
  const reply = await ask(connection, '/v2/sso/login', {
    method: 'POST',
    body: { user, pass, org },
  })
  assert.equal(reply.status, 200, reply.text)
  return reply.headers.get('sso_token') ?? ''
}

export const limitOrder = {
  coId: 'c-1',
  type: 'Limit',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 1_000_000,
  price: 2,
  timeInForce: 'GTC',
} as const

/** Whether a refusal is one that clients know: the API's error object, or the control API's. */
export function assertRefusal({ status, text, headers }: WireReply, what: string): void {
  assert.isTrue(status >= 400 && status < 500, `${what}: ${status} ${text}`)
  assert.match(headers.get('content-type') ?? '', /^application\/json(;|$)/, `${what}: ${text}`)
  const body: unknown = JSON.parse(text)
  const { status: word, errorCode, errorMessage, error } = Object(body)
  if (typeof error === 'string') return
  assert.deepEqual(
    [word, typeof errorCode, typeof errorMessage],
    ['ERROR', 'string', 'string'],
    what,
  )
}
