import type { Exchange } from '../../src/evidence/exchange.ts'
import { recordingFetch } from '../../src/evidence/recording-fetch.ts'
import { Transcript, type TranscriptOptions } from '../../src/evidence/transcript.ts'

export const BASE_URL = 'https://host.invalid/api'

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
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
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

  /** The answer to placing an order, then one query for each further status. */
  async order(orderId: string, type: string, ...statuses: readonly string[]): Promise<void> {
    const [placed, ...queried] = statuses
    const order = { orderId, coId: `c${orderId}`, type }
    await this.call(
      'POST',
      '/v2/orders',
      Response.json({ ...order, status: placed }, { status: 202 }),
      {
        body: { type, coId: order.coId },
      },
    )
    for (const status of queried) await this.query(orderId, [{ ...order, status }])
  }

  query(orderId: string, answer: unknown): Promise<Exchange> {
    return this.call('GET', `/v2/orders/${orderId}`, Response.json(answer))
  }
}
