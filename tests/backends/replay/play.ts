import type { Fetch } from '../../../src/api/fetch.ts'
import type { OutcomeScript } from '../../../src/backends/replay/outcome-script.ts'
import { ReplayedPlacings } from '../../../src/backends/replay/replayed-placings.ts'
import { recordingFetch } from '../../../src/evidence/recording-fetch.ts'
import { Transcript } from '../../../src/evidence/transcript.ts'
import type { Outcome } from '../../../src/mocks/exchange/outcome.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../../../src/mocks/http/simulation.ts'
import { at, START } from '../../http/driver.ts'

export const BASE_URL = 'https://uat.simulation.invalid/api'

/** What is placed, less what is found out only then. */
export interface Terms {
  readonly type: 'Limit' | 'PQ'
  readonly symbol: 'EUR/USD' | 'USD/JPY'
  readonly side: 'Buy' | 'Sell'
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTT' | 'DAY'
  readonly size: number
  readonly expiryTime?: number
}

/** One thing that an app does. Orders are counted in the order of placing, from 0, and taken modulo. */
export type Act =
  | { readonly kind: 'place'; readonly terms: Terms; readonly outcome?: Outcome }
  | { readonly kind: 'query' | 'query by coId' | 'cancel'; readonly order: number }
  | { readonly kind: 'list' }
  /** The next placing has no answer: nothing came of it, or only the answer is lost. */
  | { readonly kind: 'lose'; readonly when: 'before' | 'after' }
  /** The next placing is answered with an error, whatever it is. */
  | { readonly kind: 'fail' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'move'; readonly pips: number }

/** What an app saw of an order. */
export type Sight = Readonly<Record<string, unknown>>

export interface PlayOptions {
  readonly seed: string
  readonly settings?: Partial<Settings>
  /** What client ids begin with. */
  readonly prefix?: string
  /** What all calls go through, secrets and all, before they are recorded. */
  readonly through?: (fetch: Fetch) => Fetch
}

/** An app that talks to a simulation of its own, and everything it does is recorded. */
export class Play {
  readonly clock = new VirtualClock(START)
  readonly transcript = new Transcript({ baseUrl: BASE_URL })
  readonly simulation
  readonly #prefix: string
  readonly #fetch
  #replayed: ReplayedPlacings | undefined
  readonly #orders: { readonly coId: string; orderId?: string }[] = []
  #placings = 0
  #token = ''

  constructor({ seed, settings = {}, prefix = 'c', through = (fetch) => fetch }: PlayOptions) {
    this.simulation = createSimulation({
      clock: this.clock,
      seed,
      baseUrl: BASE_URL,
      settings: { tokenTtlMs: 1e9, ...settings },
    })
    this.#prefix = prefix
    const staged: Fetch = async (request) => {
      if (request.method === 'POST' && request.url.endsWith('/v2/orders')) {
        const { exchange, faults } = this.simulation
        this.#replayed?.stage(await request.clone().text(), { ...exchange, faults })
      }
      return this.simulation.fetch(request)
    }
    this.#fetch = recordingFetch(through(staged), this.transcript, this.clock)
  }

  /** Has placings end as a script says, from now on. */
  replay(script: OutcomeScript): void {
    this.#replayed = new ReplayedPlacings(script)
  }

  get exchange() {
    return this.simulation.exchange
  }

  /** Lines as a run on an endpoint writes them. */
  get lines(): string {
    const lines = this.transcript.whole.flatMap((exchange) => [
      { phase: 'sent', scenario: 's', ...exchange, response: undefined },
      { phase: 'ended', scenario: 's', ...exchange },
    ])
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  }

  async login(): Promise<void> {
    const { name, password, org } = this.exchange.directory.enrol({ name: 'ada' })
    const answer = await this.call('POST', '/v2/sso/login', { user: name, pass: password, org })
    this.#token = answer.headers.get('SSO_TOKEN') ?? ''
  }

  /** Does everything in turn, and says what was seen. */
  async act(acts: readonly Act[]): Promise<readonly Sight[]> {
    await this.login()
    const sights: Sight[] = []
    for (const each of acts) sights.push(...(await this.#one(each)))
    return sights
  }

  async #one(act: Act): Promise<readonly Sight[]> {
    switch (act.kind) {
      case 'place':
        return [await this.#place(act.terms, act.outcome)]
      case 'wait':
        this.clock.advance(act.ms)
        return []
      case 'move':
        this.exchange.market.move(act.pips, 'EUR/USD')
        return []
      case 'lose':
        this.simulation.faults.stage({ operation: 'placeOrder', kind: 'cut', when: act.when })
        return []
      case 'fail':
        this.simulation.faults.stage({ operation: 'placeOrder', status: 503 })
        return []
      case 'list':
        return this.#see('GET', '/v2/orders')
      default:
        return this.#look(act.kind, act.order)
    }
  }

  async #look(kind: 'query' | 'query by coId' | 'cancel', index: number) {
    const order = this.#orders[index % Math.max(1, this.#orders.length)]
    if (!order) return []
    const { orderId, coId } = order
    if (orderId === undefined || kind === 'query by coId') {
      return this.#see('GET', `/v2/orders?coId=${coId}`)
    }
    if (kind === 'query') return this.#see('GET', `/v2/orders/${orderId}`)
    const { status } = await this.call('DELETE', `/v2/orders/${orderId}`)
    return [{ order: index % this.#orders.length, cancel: status }]
  }

  async #place(terms: Terms, outcome: Outcome | undefined): Promise<Sight> {
    const coId = `${this.#prefix}${this.#placings++}`
    if (outcome) this.exchange.outcomes.script(coId, outcome)
    const { symbol, side } = terms
    const rate = await this.call('GET', `/v2/rates/spot?symbol=${encodeURIComponent(symbol)}`)
    const quoted = JSON.parse(await rate.text())
    const price = quoted[side === 'Buy' ? 'offer' : 'bid']
    const answer = await this.call('POST', '/v2/orders', {
      ...terms,
      coId,
      currency: symbol.slice(0, 3),
      price,
      ...(terms.type === 'PQ' && { rateId: quoted.rateId }),
    }).catch(() => undefined)
    if (!answer) {
      this.#orders.push({ coId })
      return { placed: 'no answer' }
    }
    const body: unknown = JSON.parse(await answer.text())
    const orderId = at(body, 'orderId')
    if (typeof orderId === 'string') this.#orders.push({ coId, orderId })
    return { placed: answer.status, code: at(body, 'errorCode') }
  }

  async #see(method: string, path: string): Promise<readonly Sight[]> {
    const answer = await this.call(method, path)
    const body: unknown = JSON.parse(await answer.text())
    if (answer.status !== 200) return [{ status: answer.status }]
    const sights = [body].flat().map((order) => ({
      order: this.#orderOf(order),
      status: at(order, 'status'),
      dealt: at(order, 'cumQty'),
      open: at(order, 'leavesQty'),
      reason: at(order, 'reason'),
      code: at(order, 'reasonCode'),
    }))
    return sights.sort((one, other) => one.order - other.order)
  }

  /** The number of an order in an answer, which may tell its id for the first time. */
  #orderOf(told: unknown): number {
    const number = this.#orders.findIndex(({ coId }) => coId === at(told, 'coId'))
    const [order, orderId] = [this.#orders[number], at(told, 'orderId')]
    if (order && typeof orderId === 'string') order.orderId ??= orderId
    return number
  }

  call(method: string, path: string, body?: unknown): Promise<Response> {
    return this.#fetch(
      new Request(BASE_URL + path, {
        method,
        headers: { 'Content-Type': 'application/json', SSO_TOKEN: this.#token },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  }
}
