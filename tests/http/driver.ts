import { z } from 'zod'
import { type Order, orderSchema } from '../../src/api/contract/orders.ts'
import { type SpotRate, spotRateSchema } from '../../src/api/contract/rates.ts'
import { type Trade, tradesSchema } from '../../src/api/contract/trades.ts'
import type { Fetch } from '../../src/api/fetch.ts'
import type { User } from '../../src/mocks/exchange/directory.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation, type Simulation } from '../../src/mocks/http/simulation.ts'

/** A Wednesday, 09:00 in New York. */
export const START = Date.UTC(2025, 5, 11, 13)
const BASE_URL = 'https://simulation.invalid'
const FINISHING_QUERIES = 6

const statusSchema = z.looseObject({ status: z.string() })

/** An answer with its body as text, and parsed where it is JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: unknown
}

export interface Call {
  /** Sent as JSON, unless it is a text already. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface OpenOptions {
  readonly settings?: Partial<Settings>
  readonly seed?: string
  readonly startAt?: number
}

/** A simulation of its own, on a virtual clock, with its traders. */
export class Venue {
  readonly clock: VirtualClock
  readonly simulation: Simulation
  /** By which transport calls are made: in process, unless told otherwise. */
  fetch: Fetch

  constructor({ settings, seed = 'tests', startAt = START }: OpenOptions = {}) {
    this.clock = new VirtualClock(startAt)
    const { clock } = this
    this.simulation = createSimulation({
      clock,
      seed,
      baseUrl: BASE_URL,
      ...(settings && { settings }),
    })
    this.fetch = this.simulation.fetch
  }

  get exchange() {
    return this.simulation.exchange
  }

  get market() {
    return this.exchange.market
  }

  /** Somebody enrolled, not yet logged in. */
  enrol(name: string, particulars: { org?: string; mayTrade?: boolean } = {}): Trader {
    return new Trader(this, this.exchange.directory.enrol({ name, ...particulars }))
  }

  /** Somebody enrolled and logged in. */
  async trader(
    name = 'ada',
    particulars: { org?: string; mayTrade?: boolean } = {},
  ): Promise<Trader> {
    const trader = this.enrol(name, particulars)
    await trader.login()
    return trader
  }

  async call(method: string, path: string, call: Call = {}): Promise<Answer> {
    const response = await this.respond(method, path, call)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }

  respond(method: string, path: string, { body, headers }: Call = {}): Promise<Response> {
    const request = new Request(BASE_URL + path, {
      method,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    })
    return this.fetch(request)
  }
}

/** What a field inside a body says; `undefined` where there is no such field. */
export function at(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    body,
  )
}

/** Calls the doors as one user. What a call needs and is not given, is an ordinary thing. */
export class Trader {
  readonly venue: Venue
  readonly user: User
  token = ''
  #placed = 0

  constructor(venue: Venue, user: User) {
    this.venue = venue
    this.user = user
  }

  /** Calls with the token in the header. */
  call(method: string, path: string, call: Call = {}): Promise<Answer> {
    return this.venue.call(method, path, {
      ...call,
      headers: { SSO_TOKEN: this.token, ...call.headers },
    })
  }

  async login(pass = this.user.password): Promise<Answer> {
    const { name: user, org } = this.user
    const answer = await this.venue.call('POST', '/v2/sso/login', { body: { user, pass, org } })
    this.token = answer.headers.get('SSO_TOKEN') ?? this.token
    return answer
  }

  renew(token = this.token): Promise<Answer> {
    return this.venue.call('GET', '/v2/sso/token/renew', { headers: { SSO_TOKEN: token } })
  }

  /** The code that an ordinary call gets now. */
  async probe(token = this.token): Promise<number> {
    const headers = { SSO_TOKEN: token }
    return (await this.venue.call('GET', '/v2/rates/spot?symbol=EUR%2FUSD', { headers })).status
  }

  askRate(symbol = 'EUR/USD', type = ''): Promise<Answer> {
    return this.call('GET', `/v2/rates/spot${type}?symbol=${encodeURIComponent(symbol)}`)
  }

  async rate(symbol = 'EUR/USD'): Promise<SpotRate> {
    return spotRateSchema.parse((await this.askRate(symbol)).body)
  }

  nextCoId(): string {
    return `${this.user.name}-${++this.#placed}`
  }

  /** Places a limit order to buy 1,000,000 EUR/USD well above the market, but for `terms`. */
  placeLimit(terms: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.place(this.#limit(terms))
  }

  #limit(terms: Readonly<Record<string, unknown>>): unknown {
    return {
      coId: this.nextCoId(),
      type: 'Limit',
      side: 'Buy',
      symbol: 'EUR/USD',
      currency: 'EUR',
      size: 1_000_000,
      price: 1.5,
      timeInForce: 'IOC',
      ...terms,
    }
  }

  /** Places a PQ order to buy 1,000,000 of base on a rate, but for `terms`. */
  placePq(rate: SpotRate, terms: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.place({
      coId: this.nextCoId(),
      type: 'PQ',
      side: 'Buy',
      symbol: rate.symbol,
      currency: rate.symbol.slice(0, 3),
      size: 1_000_000,
      price: rate.offer,
      rateId: rate.rateId,
      timeInForce: 'FOK',
      ...terms,
    })
  }

  place(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('POST', '/v2/orders', { body, headers })
  }

  /** Places a limit order as above, and reads the body piece by piece, as far as it comes. */
  async raw(terms: Readonly<Record<string, unknown>> = {}) {
    const response = await this.venue.respond('POST', '/v2/orders', {
      body: this.#limit(terms),
      headers: { SSO_TOKEN: this.token },
    })
    return { response, body: await bytesOf(response) }
  }

  askOrder(orderId: string): Promise<Answer> {
    return this.call('GET', `/v2/orders/${encodeURIComponent(orderId)}`)
  }

  askByCoId(coId: string): Promise<Answer> {
    return this.call('GET', `/v2/orders?coId=${encodeURIComponent(coId)}`)
  }

  async query(orderId: string): Promise<Order> {
    const { body } = await this.askOrder(orderId)
    return orderSchema.parse(Array.isArray(body) ? body[0] : body)
  }

  /** Like `query`, for an order that was placed with fields of the wrong kind. */
  async look(orderId: string): Promise<{ status: string } & Record<string, unknown>> {
    const { body } = await this.askOrder(orderId)
    return statusSchema.parse(Array.isArray(body) ? body[0] : body)
  }

  async status(orderId: string): Promise<string> {
    return (await this.look(orderId)).status
  }

  /** The statuses of the next queries. */
  async statuses(orderId: string, queries: number): Promise<readonly string[]> {
    const seen: string[] = []
    for (let query = 0; query < queries; query++) seen.push(await this.status(orderId))
    return seen
  }

  /** The order after queries enough for any plan. */
  async finish(orderId: string): Promise<Order> {
    await this.statuses(orderId, FINISHING_QUERIES)
    return this.query(orderId)
  }

  active(): Promise<Answer> {
    return this.call('GET', '/v2/orders')
  }

  cancel(orderId: string): Promise<Answer> {
    return this.call('DELETE', `/v2/orders/${orderId}`)
  }

  download(maxCount?: number | string): Promise<Answer> {
    const query = maxCount === undefined ? '' : `?maxCount=${maxCount}`
    return this.call('GET', `/v2/trades/stp/messages${query}`)
  }

  async trades(maxCount?: number): Promise<readonly Trade[]> {
    return tradesSchema.parse((await this.download(maxCount)).body)
  }

  /** A download whose answer is lost on the way. */
  async loseDownload(): Promise<void> {
    const { faults } = this.venue.simulation
    faults.stage({ operation: 'downloadTrades', kind: 'cut', when: 'after' })
    const answer = await this.download().catch(() => undefined)
    if (answer) throw new Error(`The download was answered after all: ${answer.status}.`)
  }

  resend(startDate: string, endDate: string): Promise<Answer> {
    return this.call('POST', '/v2/trades/stp/resend', { body: { startDate, endDate } })
  }

  /** Places a limit order and has it filled. */
  async fill(terms: Readonly<Record<string, unknown>> = {}): Promise<Order> {
    return this.finish(orderIdOf(await this.placeLimit(terms)))
  }
}

/** The id of the order that a placing made. */
export function orderIdOf(placed: Answer): string {
  const orderId = at(placed.body, 'orderId')
  if (typeof orderId === 'string') return orderId
  throw new Error(`Failed to place an order: ${placed.status} ${placed.text}`)
}

/** What of a body came, and what then went wrong, if anything did. */
async function bytesOf({ body }: Response): Promise<{ bytes: Uint8Array; failure?: unknown }> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of body ?? []) pieces.push(piece)
    return { bytes: Buffer.concat(pieces) }
  } catch (failure) {
    return { bytes: Buffer.concat(pieces), failure }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
