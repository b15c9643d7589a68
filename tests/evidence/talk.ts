import type { Exchange } from '../../src/evidence/exchange.ts'
import type { Bounds } from '../../src/evidence/reading/matter.ts'
import { recordingFetch } from '../../src/evidence/recording-fetch.ts'
import { type ScenarioEvidence, scenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import { Transcript, type TranscriptOptions } from '../../src/evidence/transcript.ts'

export const BASE_URL = 'https://host.invalid/api'

export type Fields = Readonly<Record<string, unknown>>

/** Who sends nothing else signs: it needs no session, and nothing follows from it. */
const SIGNED = { Authorization: 'hmac username="u", signature="s"' }

/** A whole order as it is sent; the client id of order 7 is c7. */
export function orderSent(orderId: string, fields: Fields = {}): Fields {
  const type = fields.type ?? 'Limit'
  return {
    coId: `c${orderId}`,
    type,
    timeInForce: type === 'PQ' ? 'FOK' : 'GTC',
    side: 'Buy',
    currency: 'EUR',
    symbol: 'EUR/USD',
    size: 1000,
    price: 1.0971678,
    ...(type === 'PQ' && { rateId: 'r1' }),
    ...fields,
  }
}

/** An order as it is answered. */
export function orderSeen(orderId: string, status: string, fields: Fields = {}): Fields {
  return { ...orderSent(orderId, fields), orderId, status, ...fields }
}

/** A trade of the whole of an order. */
export function tradeOf(orderId: string, fields: Fields = {}): Fields {
  return {
    orderId,
    tradeId: `FXI${orderId}`,
    coId: `c${orderId}`,
    event: 'NEW',
    tradeType: 'Spot',
    tradeDate: '2026-01-05',
    valueDate: '2026-01-07',
    maker: false,
    side: 'Buy',
    status: 'Verified',
    symbol: 'EUR/USD',
    currency: 'EUR',
    dealtAmount: 1000,
    ...fields,
  }
}

/** A talk with a server that says what it is told to: one call, one exchange. */
export class Talk {
  readonly transcript: Transcript
  #now = Date.UTC(2026, 0, 5, 9)
  #answer: () => Promise<Response> = async () => new Response()

  constructor(options: Partial<TranscriptOptions> = {}) {
    this.transcript = new Transcript({ baseUrl: BASE_URL, ...options })
  }

  async call(
    method: string,
    path: string,
    answer: Response | Error,
    { body, headers = SIGNED }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Exchange> {
    this.#answer = async () => {
      if (answer instanceof Error) throw answer
      return answer
    }
    const fetch = recordingFetch(() => this.#answer(), this.transcript, {
      now: () => {
        this.#now += 10
        return this.#now
      },
      sleep: async () => {},
      setTimer: () => () => {},
    })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = body === undefined ? {} : { body: text }
    await fetch(new Request(BASE_URL + path, { method, headers, ...sent })).catch(() => {})
    const last = this.transcript.exchanges.at(-1)
    if (!last) throw new Error('nothing was recorded')
    return last
  }

  /** Lets time pass, in milliseconds; each exchange takes 10 by itself. */
  pass(milliseconds: number): void {
    this.#now += milliseconds
  }

  /** The answer to placing an order, then one query for each further status. */
  async order(orderId: string, type: string, ...statuses: readonly string[]): Promise<void> {
    const [placed = '', ...queried] = statuses
    const fields = { type }
    await this.place(orderSent(orderId, fields), orderSeen(orderId, placed, fields))
    for (const status of queried) await this.query(orderId, [orderSeen(orderId, status, fields)])
  }

  place(sent: Fields, answer: unknown, status = 202): Promise<Exchange> {
    const response = answer instanceof Error ? answer : Response.json(answer, { status })
    return this.call('POST', '/v2/orders', response, { body: sent })
  }

  query(orderId: string, answer: unknown, status = 200): Promise<Exchange> {
    return this.call('GET', `/v2/orders/${orderId}`, Response.json(answer, { status }))
  }

  queryByCoId(coId: string, answer: unknown, status = 200): Promise<Exchange> {
    return this.call('GET', `/v2/orders?coId=${coId}`, Response.json(answer, { status }))
  }

  queryActive(answer: unknown): Promise<Exchange> {
    return this.call('GET', '/v2/orders', Response.json(answer))
  }

  download(...trades: readonly unknown[]): Promise<Exchange> {
    return this.call('GET', '/v2/trades/stp/messages', Response.json(trades))
  }

  resend(): Promise<Exchange> {
    return this.call('POST', '/v2/trades/stp/resend', new Response(), { body: {} })
  }

  login(user = 'u', answer?: Response): Promise<Exchange> {
    const body = { status: 'OK', expiryTime: 1665490480729, serverUTCTime: 1665490420730 }
    const headers = { SSO_TOKEN: `token-of-${user}` }
    return this.call('POST', '/v2/sso/login', answer ?? Response.json(body, { headers }), {
      body: { user, pass: 'pass-word', org: 'o' },
    })
  }

  /** What the scenario's evidence says so far. */
  evidence(bounds: Partial<Bounds> = {}): ScenarioEvidence {
    return scenarioEvidence(this.transcript, {
      scenario: { uri: 'a.feature', name: 'One', line: 3 },
      target: 't',
      seed: 's',
      bounds,
    })
  }
}
