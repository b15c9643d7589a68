import { assert } from 'chai'
import { orderSchema } from '../../src/api/contract/orders.ts'
import { tradesSchema } from '../../src/api/contract/trades.ts'
import type { Chance } from '../../src/mocks/exchange/chance.ts'
import { ask, limitOrder, logIn, type Sent } from './requests.ts'
import { type Connection, connectTo, type WireReply } from './wire.ts'

/** How far an order has come: it never goes back, and what is final stays. */
const ranks: Readonly<Record<string, number>> = { RECEIVED: 0, NEW: 1 }
const FINAL = 2
const rankOf = (status: string) => ranks[status] ?? FINAL

interface Known {
  readonly orderId: string
  readonly coId: string
  /** The last status that it was seen in. */
  status: string
}

/** Somebody who trades, and remembers all that was acknowledged, whatever becomes of the server. */
export class StateClient {
  readonly name: string
  readonly org: string
  readonly orders: Known[] = []
  /** The ids of the trades of each download that came whole. */
  readonly downloads: (readonly string[])[] = []
  /** The trades of the last answer, if it was a download: the server may not know that it got through. */
  lastDownload: readonly string[] = []
  readonly #chance: Chance
  #connection: Connection | undefined
  #token = ''
  #calls = 0

  constructor(name: string, org: string, chance: Chance) {
    this.name = name
    this.org = org
    this.#chance = chance
  }

  /** Connects, and logs in if it never did: a session outlives the server. */
  async connect(port: number): Promise<void> {
    this.#connection?.end()
    this.#connection = await connectTo(port)
    if (this.#token !== '') return
    this.#token = await logIn(this.#connection, { user: this.name, org: this.org })
  }

  /** Places, queries and downloads, whatever comes next by chance. Rejects where nobody answers. */
  async act(): Promise<void> {
    const working = this.orders.filter(({ status }) => rankOf(status) < FINAL)
    const dice = this.#chance.below(10, this.name, 'what', this.#calls++)
    const some = working[this.#chance.below(working.length || 1, this.name, 'which', this.#calls)]
    if (dice < 4 || !some) await this.#place()
    else if (dice < 8) await this.query(some)
    else await this.download()
  }

  /** @throws The order is not there, or is as it was before. */
  async query(order: Known): Promise<void> {
    const { status, text } = await this.#ask(`/v2/orders/${order.orderId}`)
    assert.equal(status, 200, `${order.orderId}, seen ${order.status}: ${text}`)
    const [found] = [JSON.parse(text)].flat().map((each) => orderSchema.parse(each))
    assert.equal(found?.coId, order.coId)
    const now = String(found?.status)
    assert.isAtLeast(rankOf(now), rankOf(order.status), `${order.orderId}: ${now}`)
    if (rankOf(order.status) === FINAL) assert.equal(now, order.status)
    order.status = now
  }

  async download(): Promise<readonly string[]> {
    const { status, text } = await this.#ask('/v2/trades/stp/messages?maxCount=7')
    assert.equal(status, 200, text)
    const ids = tradesSchema.parse(JSON.parse(text)).map(({ tradeId }) => tradeId)
    this.downloads.push(ids)
    this.lastDownload = ids
    return ids
  }

  end(): void {
    this.#connection?.end()
  }

  async #place(): Promise<void> {
    const coId = `${this.name}-${this.#calls}`
    const price = this.#chance.below(5, coId) === 0 ? 0.5 : 2
    const body = { ...limitOrder, coId, price, size: 10_000 }
    const { status, text } = await this.#ask('/v2/orders', { method: 'POST', body })
    assert.equal(status, 202, text)
    const { orderId } = Object(JSON.parse(text)) as { readonly orderId: string }
    this.orders.push({ orderId, coId, status: 'RECEIVED' })
  }

  async #ask(path: string, sent: Sent = {}): Promise<WireReply> {
    if (!this.#connection) throw new Error('Nobody is connected.')
    const headers = { SSO_TOKEN: this.#token }
    const reply = await ask(this.#connection, path, { ...sent, headers })
    this.lastDownload = []
    return reply
  }
}
