import type { ClientBounds } from '../../../src/evidence/client/client-bounds.ts'
import { type ClientReport, clientReport } from '../../../src/evidence/client/client-report.ts'
import type { ClientFacts, WatchedExchange } from '../../../src/evidence/client/watched-exchange.ts'
import type { Exchange } from '../../../src/evidence/exchange.ts'
import { recordingFetch } from '../../../src/evidence/recording-fetch.ts'
import { Transcript } from '../../../src/evidence/transcript.ts'
import { type Fields, orderSeen, orderSent, tradeOf } from '../talk.ts'

export const BASE_URL = 'https://venue.invalid'
/** How long a token lives here, in milliseconds. */
export const LIFE_MS = 60_000

/** What is special about one call. */
export interface Special extends Partial<Pick<WatchedExchange, 'fault' | 'tookEffect' | 'user'>> {
  /** Milliseconds that the answer takes; 0 by default. */
  readonly takes?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly as?: string
}

/**
 * What a server saw, written call by call: each comes 1 s after the last one came, unless told otherwise. Users
 * pass the token that they were issued last.
 */
export class Watch {
  readonly #transcript = new Transcript({ baseUrl: BASE_URL })
  readonly #tokens = new Map<string, string>()
  readonly #specials = new Map<number, Partial<WatchedExchange>>()
  #now = Date.UTC(2026, 0, 5, 9)
  #issued = 0
  #requests = 0

  get now(): number {
    return this.#now
  }

  /** Lets the client's time pass, backwards too: from when the last call came to when the next one will. */
  pass(ms: number): this {
    this.#now += ms - 1_000
    return this
  }

  async call(
    method: string,
    path: string,
    answer: Response | 'cut',
    body?: unknown,
    { takes = 0, headers = {}, as = 'ada', ...facts }: Special = {},
  ): Promise<Exchange> {
    this.#now += 1_000
    let now = this.#now
    const token = this.#tokens.get(as)
    const clock = { now: () => now, sleep: async () => {}, setTimer: () => () => {} }
    const fetch = recordingFetch(
      async () => {
        now += takes
        if (answer === 'cut') throw new Error('cut')
        return answer
      },
      this.#transcript,
      clock,
    )
    const sent = {
      'X-Request-ID': `r${++this.#requests}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token !== undefined && !path.includes('/login') && { SSO_TOKEN: token }),
      ...headers,
    }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const request = new Request(BASE_URL + path, {
      ...{ method, headers: sent },
      ...(body !== undefined && { body: text }),
    })
    await fetch(request).catch(() => {})
    const last = this.#transcript.whole.at(-1)
    if (!last) throw new Error('nothing was recorded')
    this.#specials.set(last.number, facts)
    return last
  }

  login(special: Special = {}, password = 'pass-word', answer?: Response): Promise<Exchange> {
    const body = { user: special.as ?? 'ada', pass: password, org: 'o' }
    return this.call(
      'POST',
      '/v2/sso/login',
      answer ?? this.#issue(special.as, true),
      body,
      special,
    )
  }

  renew(special: Special = {}): Promise<Exchange> {
    const old = { SSO_TOKEN: this.#tokens.get(special.as ?? 'ada') ?? '' }
    const answer = this.#issue(special.as, false)
    const headers = { ...old, ...special.headers }
    return this.call('GET', '/v2/sso/token/renew', answer, undefined, { ...special, headers })
  }

  rate(rateId = 'rate-1', fields: Fields = {}, special: Special = {}): Promise<Exchange> {
    const rate = { symbol: 'EUR/USD', bid: 1.1, offer: 1.2, rateId, ...fields }
    return this.call(
      'GET',
      '/v2/rates/spot?symbol=EUR%2FUSD',
      Response.json(rate),
      undefined,
      special,
    )
  }

  /** Places order `c<orderId>`, which is acknowledged unless told otherwise. */
  place(
    orderId: string,
    fields: Fields = {},
    answer: Response | 'cut' = Response.json(orderSeen(orderId, 'RECEIVED', fields), {
      status: 202,
    }),
    special: Special = {},
  ): Promise<Exchange> {
    return this.call('POST', '/v2/orders', answer, orderSent(orderId, fields), special)
  }

  query(orderId: string, status = 'NEW', special: Special = {}): Promise<Exchange> {
    const answer = Response.json([orderSeen(orderId, status)])
    return this.call('GET', `/v2/orders/${orderId}`, answer, undefined, special)
  }

  /** Looks an order up by its client id; without a status there is none. */
  lookUp(orderId: string, status?: string, special: Special = {}): Promise<Exchange> {
    const answer =
      status === undefined
        ? Response.json({ errorCode: 'x' }, { status: 404 })
        : Response.json([orderSeen(orderId, status)])
    return this.call('GET', `/v2/orders?coId=c${orderId}`, answer, undefined, special)
  }

  cancel(orderId: string, status = 202, special: Special = {}): Promise<Exchange> {
    return this.call(
      'DELETE',
      `/v2/orders/${orderId}`,
      Response.json({}, { status }),
      undefined,
      special,
    )
  }

  /** Downloads the trades of orders. */
  download(orderIds: readonly string[] = [], special: Special = {}): Promise<Exchange> {
    const answer = Response.json(orderIds.map((id) => tradeOf(id)))
    return this.call('GET', '/v2/trades/stp/messages', answer, undefined, special)
  }

  refused(path: string, status: number, special: Special = {}, headers = {}): Promise<Exchange> {
    const answer = Response.json({ errorCode: 'x' }, { status, headers })
    return this.call('GET', path, answer, undefined, special)
  }

  /** A flow that is as it should be: the order is filled, and its trade downloaded. */
  async flow(orderId: string, special: Special = {}): Promise<void> {
    await this.place(orderId, {}, undefined, special)
    await this.query(orderId, 'NEW', special)
    await this.query(orderId, 'FILLED', special)
    await this.download([orderId], special)
    await this.download([], special)
  }

  get exchanges(): readonly WatchedExchange[] {
    return this.#transcript.whole.map((exchange) => ({
      ...exchange,
      receivedAt: exchange.at,
      answeredAt: exchange.at + exchange.tookMs,
      ...this.#specials.get(exchange.number),
    }))
  }

  report(facts: Partial<ClientFacts> = {}, bounds: Partial<ClientBounds> = {}): ClientReport {
    const known = { baseUrl: BASE_URL, undelivered: [], working: [], ...facts }
    return clientReport(this.exchanges, known, bounds)
  }

  /** The same without any time that the client lives by. */
  timeless(facts: Partial<ClientFacts> = {}): ClientReport {
    const known = { baseUrl: BASE_URL, undelivered: [], working: [], ...facts }
    const still = this.exchanges.map(
      ({ receivedAt: _, answeredAt: __, ...exchange }): WatchedExchange => exchange,
    )
    return clientReport(still, known)
  }

  #issue(user = 'ada', isLogin: boolean): Response {
    const token = `token-of-${user}-${++this.#issued}`
    this.#tokens.set(user, token)
    const body = {
      status: 'OK',
      expiryTime: this.#now + 1_000 + LIFE_MS,
      ...(isLogin && { serverUTCTime: this.#now + 1_000 }),
    }
    return Response.json(body, { headers: { SSO_TOKEN: token } })
  }
}

/** A watch on a user who has logged in. */
export async function loggedIn(...others: readonly string[]): Promise<Watch> {
  const watch = new Watch()
  await watch.login()
  for (const as of others) await watch.login({ as })
  return watch
}

/** What the report says of one rule. */
export function resultIn(report: ClientReport, id: string): string {
  const rule = report.rules.find((each) => each.id === id)
  if (!rule) throw new Error(`there is no rule ${id}`)
  return rule.why === undefined ? rule.result : `${rule.result}: ${rule.why}`
}

/** Whole findings, but for what their rule tells already. */
export function foundIn({ findings }: ClientReport) {
  return findings.map(({ weight: _, ...finding }) => finding)
}
