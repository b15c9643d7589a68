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
}

export type About =
  | { readonly kind: 'rate' | 'resend' }
  | { readonly kind: 'refused'; readonly coId: string }
  | { readonly kind: 'list' }
  | { readonly kind: 'download'; readonly trades: readonly Fields[] }
  | {
      readonly kind: 'placed' | 'queried' | 'looked up' | 'cancelled'
      readonly orderId: string
      /** What the answer says of the order. */
      readonly order: Fields
    }

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

  /** What a judge would get to see of it. */
  async told(): Promise<Talk> {
    const talk = new Talk()
    const session = { status: 'OK', expiryTime: 4_600_000, serverUTCTime: 1_000_000 }
    await talk.login('Ada', Response.json(session, { headers: { SSO_TOKEN: TOKEN } }))
    for (const { method, path, sent, status, body, afterMs = 0 } of this.entries) {
      talk.pass(afterMs)
      const answer =
        body === undefined ? new Response(null, { status }) : Response.json(body, { status })
      const headers = { SSO_TOKEN: TOKEN }
      await talk.call(method, path, answer, { headers, ...(sent && { body: sent }) })
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

const TOKEN = 'token-of-Ada'

function lineOf({ method, path, sent, status, body, afterMs }: Entry): string {
  const waited = afterMs === undefined ? '' : `(${afterMs} ms later) `
  const asked = sent === undefined ? '' : ` ${brief(sent)}`
  const told = body === undefined ? 'nothing' : [body].flat().map(brief).join(' and ') || '[]'
  return `${waited}${method} ${path}${asked} → ${status} ${told}`
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
