import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import type { StandIn } from './launch.ts'

type Fields = Record<string, unknown>

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body if it is JSON, else undefined. */
  readonly json: unknown
}

export interface Talk {
  call(method: string, path: string, body?: unknown, headers?: Fields): Promise<Answer>
  /** Logs in and carries the token in every later call; says the token. */
  login(): Promise<string>
  rate(symbol?: string): Promise<Fields>
  /** Places `terms`, completed to a small limit IOC order; says the answer. */
  place(terms?: Fields): Promise<Answer>
  /** The order object by server id, whatever shape it comes in. */
  query(orderId: unknown): Promise<Fields>
  /** Queries the order until its status is one of `statuses`; says every status seen. */
  watch(orderId: unknown, ...statuses: string[]): Promise<string[]>
  download(): Promise<Fields[]>
}

const PATIENCE_MS = 10_000
const PAUSE_MS = 3

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** A bare client for the stand-in's own tests: one connection a call, nothing retried or hidden. */
export function talkTo({ baseUrl, caFile, credentials }: StandIn): Talk {
  const carried: Record<string, string> = {}
  let count = 0
  const talk: Talk = {
    call: async (method, path, body, headers = {}) => {
      const secure = caFile === undefined ? {} : { ca: readFileSync(caFile) }
      const open = baseUrl.startsWith('https:') ? httpsRequest : httpRequest
      const asked = open(`${baseUrl}${path}`, {
        method,
        agent: false,
        ...secure,
        headers: { 'content-type': 'application/json', ...carried, ...headers },
      })
      asked.end(body === undefined ? undefined : JSON.stringify(body))
      const [answer] = await once(asked, 'response')
      const said = await text(answer)
      return { status: answer.statusCode, headers: answer.headers, text: said, json: parse(said) }
    },
    login: async () => {
      const { user, password, org } = credentials
      const { headers } = await talk.call('POST', '/v2/sso/login', { user, pass: password, org })
      carried.SSO_TOKEN = String(headers.sso_token)
      return carried.SSO_TOKEN
    },
    rate: async (symbol = 'EUR/USD') => {
      const path = `/v2/rates/spot?symbol=${encodeURIComponent(symbol)}`
      return (await talk.call('GET', path)).json as Fields
    },
    place: (terms = {}) => {
      count += 1
      return talk.call('POST', '/v2/orders', {
        coId: `order-${count}`,
        type: 'Limit',
        side: 'Buy',
        symbol: 'EUR/USD',
        currency: 'EUR',
        size: 1_000,
        price: 1.3,
        timeInForce: 'IOC',
        ...terms,
      })
    },
    query: async (orderId) => {
      const { json } = await talk.call('GET', `/v2/orders/${orderId}`)
      return (Array.isArray(json) ? json[0] : json) as Fields
    },
    watch: async (orderId, ...statuses) => {
      const seen = new Set<string>()
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(PAUSE_MS)) {
        const status = String((await talk.query(orderId)).status)
        seen.add(status)
        if (statuses.includes(status)) return [...seen]
      }
      throw new Error(`Never ${statuses.join(' or ')}, only ${[...seen].join(', ')}.`)
    },
    download: async () => (await talk.call('GET', '/v2/trades/stp/messages')).json as Fields[],
  }
  return talk
}

/** The fields of the order in the answer to placing. */
export const fieldsOf = (answer: Answer): Fields => answer.json as Fields

/** Places an order and says every status up to its end. */
export async function statusesOf(talk: Talk, terms: Fields = {}): Promise<string[]> {
  const { orderId } = fieldsOf(await talk.place(terms))
  return talk.watch(orderId, 'FILLED', 'REJECTED', 'EXPIRED', 'CANCELED')
}
