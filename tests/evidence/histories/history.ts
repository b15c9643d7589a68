import fc from 'fast-check'
import type { Fields } from '../talk.ts'
import { Talk } from '../talk.ts'

/** One request and its answer, with what a mistake in it would have to know. */
export interface Entry {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: string
  readonly sent?: Fields
  readonly status: number
  /** Absent for an empty body. */
  readonly body?: unknown
  /** What it was about. */
  readonly about: About
  /** Milliseconds that pass before it. */
  readonly afterMs?: number
  /** The token that it carries, where that is not the one of the session; `null` for none. */
  readonly token?: string | null
  /** The token that it is answered with. */
  readonly brings?: string
}

export type About =
  | { readonly kind: 'resend' | 'session' }
  | { readonly kind: 'rate' | 'renewal'; readonly told: Fields }
  | { readonly kind: 'refused'; readonly coId: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'download'; readonly trades: readonly Fields[] }
  | {
      readonly kind: 'placed' | 'queried' | 'looked up' | 'cancelled'
      readonly orderId: string
      /** What the answer says of the order. */
      readonly order: Fields
    }

/** The token of the session, and what its login is answered with. */
export const TOKEN = 'token-of-Ada'
export const SESSION = { status: 'OK', expiryTime: 4_600_000, serverUTCTime: 1_000_000 }

/** A talk with a server, from its beginning to its end. */
export class History {
  readonly entries: readonly Entry[]
  /** What was done to it, where it is not as it should be. */
  readonly mistake: string | undefined

  constructor(entries: readonly Entry[], mistake?: string) {
    this.entries = entries
    this.mistake = mistake
  }

  /** With entries put in, or put in the place of others, at an index. */
  with(mistake: string, at: number, replaced: number, ...put: readonly Entry[]): History {
    return new History(this.entries.toSpliced(at, replaced, ...put), mistake)
  }

  /** The same, but no download has a trade of an order. */
  withoutTradesOf(orderId: string): History {
    const entries = this.entries.map((entry): Entry => {
      if (entry.about.kind !== 'download') return entry
      const trades = entry.about.trades.filter((trade) => trade.orderId !== orderId)
      return { ...entry, body: trades, about: { kind: 'download', trades } }
    })
    return new History(entries, this.mistake)
  }

  /** What a judge would get to see of it. */
  async told(): Promise<Talk> {
    const talk = new Talk()
    await talk.login('Ada', Response.json(SESSION, { headers: { SSO_TOKEN: TOKEN } }))
    for (const entry of this.entries) {
      const { method, path, sent, afterMs = 0, token = TOKEN } = entry
      talk.pass(afterMs)
      const headers: Record<string, string> = token === null ? {} : { SSO_TOKEN: token }
      await talk.call(method, path, answerOf(entry), { headers, ...(sent && { body: sent }) })
    }
    return talk
  }

  /** For people: one line for each exchange, numbered as the judge does. */
  toString(): string {
    const lines = this.entries.map((entry, at) => `${String(at + 2).padStart(4)}  ${lineOf(entry)}`)
    const title =
      this.mistake === undefined ? 'A legal history' : `A history in which ${this.mistake}`
    return `\n${[title, '   1  POST /v2/sso/login → 200', ...lines].join('\n')}\n`
  }

  [fc.toStringMethod](): string {
    return this.toString()
  }
}

function answerOf({ status, body, brings }: Entry): Response {
  const headers: Record<string, string> = brings === undefined ? {} : { SSO_TOKEN: brings }
  return body === undefined
    ? new Response(null, { status, headers })
    : Response.json(body, { status, headers })
}

function lineOf({ method, path, sent, status, body, afterMs, token }: Entry): string {
  const shown = token === undefined ? '' : ` with ${token ?? 'no token'}`
  const waited = afterMs === undefined ? '' : `(${afterMs} ms later) `
  const asked = sent === undefined ? '' : ` ${brief(sent)}`
  const told = body === undefined ? 'nothing' : [body].flat().map(brief).join(' and ') || '[]'
  return `${waited}${method} ${path}${shown}${asked} → ${status} ${told}`
}

/** The fields that tell one order or trade from another, and what became of it. */
const TELLING = [
  ...['orderId', 'tradeId', 'coId', 'type', 'timeInForce', 'side', 'symbol', 'size', 'price'],
  ...['status', 'cumQty', 'leavesQty', 'event', 'dealtAmount', 'rateId', 'errorCode'],
]

function brief(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const told = TELLING.filter((name) => Object.hasOwn(value, name))
  return `{${told.map((name) => `${name}: ${(value as Fields)[name]}`).join(', ')}}`
}
