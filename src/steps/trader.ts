import { assert } from 'chai'
import type { Answer, Malformed, Refusal } from '../api/client/answer.ts'
import type { IntegralClient } from '../api/client/integral-client.ts'
import type { CallInput } from '../api/client/options.ts'
import type { Order } from '../api/contract/orders.ts'
import type { SpotRate } from '../api/contract/rates.ts'
import type { LoginAnswer } from '../api/contract/session.ts'
import type { Trade } from '../api/contract/trades.ts'
import type { Backend } from '../backends/backend.ts'
import type { TradingEvent } from '../machines/trading-workflow.ts'
import { expectSuccess } from './expect-success.ts'
import { causeOfDoubt, lookUp } from './in-doubt.ts'
import { acceptedOrder, type OrderFields, PlacedOrder, type Placing } from './placed-order.ts'
import { TradingFlow } from './trading-flow.ts'

/** Batches after which a trade queue counts as endless. */
const MOST_BATCHES = 500

/**
 * Somebody who trades, in the verbs of the flow: place, query, download. Drives the workflow of the
 * guides for each order, and remembers what was seen.
 */
export class Trader {
  readonly name: string
  readonly client: IntegralClient
  /** Trades downloaded so far, in the order of arrival. */
  readonly trades: Trade[] = []
  /** The batches they came in, the empty ones included. */
  readonly batches: (readonly Trade[])[] = []
  /** A client id that is chosen ahead, for the next order placed. */
  chosenCoId: string | undefined
  readonly #backend: Backend
  readonly #orders: PlacedOrder[] = []
  /** How far every order's flow has come before it is placed. */
  #prelude: TradingEvent[] = []
  #rate: SpotRate | undefined

  constructor(name: string, client: IntegralClient, backend: Backend) {
    this.name = name
    this.client = client
    this.#backend = backend
  }

  get orders(): readonly PlacedOrder[] {
    return this.#orders
  }

  /** The workflow paths of everything placed, or of the way up to where placing would come. */
  get flows(): readonly TradingFlow[] {
    return this.#orders.length > 0 ? this.#orders.map(({ flow }) => flow) : [this.#flow()]
  }

  get hasRate(): boolean {
    return this.#rate !== undefined
  }

  /** The rate last quoted. */
  get rate(): SpotRate {
    if (this.#rate) return this.#rate
    throw new Error(`${this.name} has no rate yet: add the step "${this.name} gets a rate" before.`)
  }

  async signIn(): Promise<Answer<LoginAnswer>> {
    const answer = await this.client.login()
    this.#prelude = [{ type: answer.kind === 'success' ? 'login.accepted' : 'login.refused' }]
    return answer
  }

  /** Takes up a session that is good, and begins one where there is none. */
  async beSignedIn(): Promise<Refusal | Malformed | undefined> {
    const refused = await this.client.ensureSession()
    this.#prelude = [{ type: refused === undefined ? 'login.accepted' : 'login.refused' }]
    return refused
  }

  /** Asks for the rate of a symbol, and keeps it where one is quoted. */
  async askRate(symbol: string): Promise<Answer<SpotRate>> {
    const answer = await this.client.spotRate(symbol)
    if (answer.kind === 'success') this.holdRate(ofSymbol(symbol, answer.value))
    else this.#learn({ type: answer.operation === 'login' ? 'login.refused' : 'rate.refused' })
    return answer
  }

  /** Keeps a rate that came from elsewhere than a spot rate. */
  holdRate(rate: SpotRate): void {
    this.#rate = rate
    this.#learn({ type: 'rate.quoted' })
  }

  /** Where the market stands, without taking up a rate. */
  async lookAtMarket(symbol: string): Promise<SpotRate> {
    const rate = expectSuccess(`the rate of ${symbol}`, await this.client.spotRate(symbol))
    return ofSymbol(symbol, rate)
  }

  /** Places an order, once. Without an answer it is looked for, and not placed again. */
  async place(fields: OrderFields): Promise<PlacedOrder> {
    return this.#placed(fields, await this.#place({ body: fields }, fields.coId))
  }

  /** Places a body to the letter, JSON or not. */
  async placeText(rawBody: string): Promise<PlacedOrder> {
    return this.#placed({}, await this.#place({ rawBody }))
  }

  /** Queries an order by its server id, and notes what was seen. */
  async query(order: PlacedOrder): Promise<void> {
    const what = `order ${order.id}`
    const view = expectSuccess(what, await this.client.queryOrder(order.id))
    if (!view) throw new Error(`Failed to query ${what}: the answer was an empty list.`)
    order.see(view)
  }

  async queryByCoId(coId: string): Promise<readonly Order[]> {
    return expectSuccess(`the order ${coId}`, await this.client.queryOrdersByCoId(coId))
  }

  async queryActive(): Promise<readonly Order[]> {
    return expectSuccess('the active orders', await this.client.queryActiveOrders())
  }

  /** Downloads one batch. */
  async downloadBatch(maxCount?: number): Promise<readonly Trade[]> {
    const answer = await this.client.downloadTrades(maxCount === undefined ? {} : { maxCount })
    const batch = expectSuccess('trades', answer)
    const brought = [...batch, ...this.#backend.takeArrivedTrades()]
    this.batches.push(batch)
    this.trades.push(...brought)
    for (const { flow, placing } of this.#orders) {
      const placed = acceptedOrder(placing)
      if (!placed || flow.state !== 'dealt') continue
      const found = brought.some(({ orderId }) => orderId === placed.orderId)
      flow.note({ type: found ? 'trade.found' : 'trade.absent' })
    }
    return batch
  }

  /** Downloads batch after batch until one is empty. */
  async downloadAll(maxCount?: number): Promise<readonly Trade[]> {
    const downloaded: Trade[] = []
    for (let batches = 0; batches < MOST_BATCHES; batches++) {
      const batch = await this.downloadBatch(maxCount)
      if (batch.length === 0) return downloaded
      downloaded.push(...batch)
    }
    return assert.fail(
      `Downloading should come to an empty list; after ${MOST_BATCHES} batches with ${downloaded.length} trades it has not.`,
    )
  }

  tradesOf(order: PlacedOrder): readonly Trade[] {
    return this.trades.filter(({ orderId }) => orderId === order.id)
  }

  async #place(input: CallInput, coId?: unknown): Promise<Placing> {
    const answer = await causeOfDoubt(() => this.client.call('placeOrder', input))
    if (typeof answer !== 'string') return answer
    const id = typeof coId === 'string' ? coId : ''
    const doubt = await lookUp(id, answer, this.client, this.#backend)
    await this.#backend.noteDoubt(id, doubt.result)
    return doubt
  }

  #placed(fields: OrderFields, placing: Placing): PlacedOrder {
    const event = { type: acceptedOrder(placing) ? 'order.received' : 'order.refused' } as const
    if (!this.#flow().can(event)) this.#beginAnew()
    const flow = this.#flow()
    // The chart has no arrow for a placing that got no answer and left no order to be found.
    if (placing.kind !== 'in doubt' || placing.order) flow.note(event)
    const order = new PlacedOrder(fields, placing, flow)
    this.#orders.push(order)
    return order
  }

  /** What the chart has no arrow for, after a refused rate for instance, begins another way through it. */
  #learn(event: TradingEvent): void {
    if (!this.#flow().can(event)) this.#beginAnew(event)
    if (this.#flow().can(event)) this.#prelude.push(event)
  }

  /** The client logs in by itself where nobody did. */
  #beginAnew(event?: TradingEvent): void {
    this.#prelude = event?.type === 'login.refused' ? [] : [{ type: 'login.accepted' }]
  }

  #flow(): TradingFlow {
    const flow = new TradingFlow()
    for (const event of this.#prelude) flow.note(event)
    return flow
  }
}

/** @throws {AssertionError} The rate is of another pair: nothing is placed at it. */
function ofSymbol(symbol: string, rate: SpotRate): SpotRate {
  assert.equal(rate.symbol, symbol, 'A rate is of the pair that was asked for.')
  return rate
}
