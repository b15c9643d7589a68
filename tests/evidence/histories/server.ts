import { Big } from 'big.js'
import type { Fields } from '../talk.ts'
import { type About, type Entry, SESSION, TOKEN } from './history.ts'

/** What a server leaves open, and this one chose. Fact sheet 6, rows 21, 39 and 40. */
export interface Choices {
  readonly shape: 'array' | 'object'
  readonly omitEvent: boolean
  /** Fields that no page names. */
  readonly extra: Fields
}

/** What is placed, and what will become of it. */
export interface Terms {
  readonly kind: 'PQ' | 'GTC' | 'IOC' | 'FOK' | 'GTT'
  readonly side: 'Buy' | 'Sell'
  readonly size: number
  /** Shares of the size that are dealt one after the other; all of it where they add up to 1. */
  readonly parts: readonly number[]
  readonly end: 'FILLED' | 'REJECTED at once' | 'REJECTED' | 'EXPIRED' | 'rests' | 'refused'
  /** How much better than the limit it is dealt, in pips. */
  readonly betterPips: number
}

interface Stage {
  readonly status: string
  readonly dealt: Big
}

interface ServerOrder {
  readonly sent: Fields
  readonly orderId: string
  readonly stages: Stage[]
  readonly rate: Big
  stage: number
}

const BID = new Big('1.08632')
const OFFER = new Big('1.08636')
const PIP = new Big('0.0001')
/** So long does a GTT order live here, in seconds. */
const LIFE_SECONDS = 1
/** More would take longer in all than one order may. */
const MOST_ORDERS = 6
/** So much longer does a session live that is renewed. */
const RENEWED_MS = 60_000
const FINAL = ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED']

/** A server that does nothing but what is documented, as simple as can be; it writes down what is said. */
export class Server {
  readonly entries: Entry[] = []
  readonly #choices: Choices
  readonly #orders: ServerOrder[] = []
  #pending: Fields[] = []
  #downloaded: Fields[] = []
  #ids = 0
  #expiryTime = SESSION.expiryTime
  #waitedMs = 0

  constructor(choices: Choices) {
    this.#choices = choices
  }

  wait(ms: number): void {
    this.#waitedMs += ms
  }

  place(terms: Terms): void {
    if (this.#orders.length === MOST_ORDERS) return
    const id = this.#nextId()
    const sent = this.#sentFor(id, terms)
    if (terms.end === 'refused') {
      const body = { status: 'ERROR', errorCode: 'NO', responseTuples: null, errorMessage: 'no' }
      this.#say('POST', '/v2/orders', 400, body, { kind: 'refused', coId: `c${id}` }, sent)
      return
    }
    const better = terms.kind === 'PQ' ? 0 : terms.betterPips
    const rate = new Big(Number(sent.price)).plus(
      PIP.times(terms.side === 'Buy' ? -better : better),
    )
    const order = { sent, orderId: id, stages: stagesOf(terms), rate, stage: 0 }
    this.#orders.push(order)
    const body = this.#shown({ ...sent, orderId: id, status: 'RECEIVED' })
    this.#say('POST', '/v2/orders', 202, body, { kind: 'placed', orderId: id, order: body }, sent)
  }

  query(which: number, steps: number): void {
    const order = this.#one(which)
    if (!order) return
    this.#advance(order, steps)
    const body = this.#view(order)
    const { orderId } = order
    this.#say(
      'GET',
      `/v2/orders/${orderId}`,
      200,
      this.#choices.shape === 'array' ? [body] : body,
      { kind: 'queried', orderId, order: body },
    )
  }

  lookUp(which: number, steps: number): void {
    const order = this.#one(which)
    if (!order) return
    this.#advance(order, steps)
    const body = this.#view(order)
    const { orderId, sent } = order
    const about = { kind: 'looked up', orderId, order: body } as const
    this.#say('GET', `/v2/orders?coId=${sent.coId}`, 200, [body], about)
  }

  list(): void {
    const active = this.#orders.filter((order) => !isFinal(order))
    const body = active.map((order) => this.#view(order))
    this.#say('GET', '/v2/orders', 200, body, { kind: 'list' })
  }

  cancel(which: number): void {
    const order = this.#one(which)
    if (!order || order.sent.type === 'PQ' || isFinal(order)) return
    const { orderId } = order
    const dealt = order.stages[order.stage]?.dealt ?? new Big(0)
    order.stages.splice(order.stage + 1, order.stages.length, { status: 'CANCELED', dealt })
    order.stage += 1
    const about = { kind: 'cancelled', orderId, order: {} } as const
    this.#say('DELETE', `/v2/orders/${orderId}`, 202, undefined, about)
  }

  download(most: number): void {
    const trades = this.#pending.splice(0, most)
    this.#downloaded.push(...trades)
    const path = `/v2/trades/stp/messages?maxCount=${most}`
    this.#say('GET', path, 200, trades, { kind: 'download', trades })
  }

  resend(): void {
    const sent = {
      startDate: '2026-01-01 00:00:00,000 +0000',
      endDate: '2026-01-31 00:00:00,000 +0000',
    }
    this.#pending.push(
      ...this.#downloaded.map((trade) =>
        'event' in trade ? { ...trade, event: 'RESEND' } : trade,
      ),
    )
    this.#downloaded = []
    this.#say('POST', '/v2/trades/stp/resend', 200, undefined, { kind: 'resend' }, sent)
  }

  quote(): string {
    const rateId = `2026-01-05-EURUSD-SPOT-${this.#nextId()}`
    const rate = { symbol: 'EUR/USD', bid: BID.toNumber(), offer: OFFER.toNumber() }
    const body = this.#shown({ ...rate, bidLimit: 1e6, offerLimit: 1e6, time: 1_000_000, rateId })
    this.#say('GET', '/v2/rates/spot?symbol=EUR%2FUSD', 200, body, { kind: 'rate', told: body })
    return rateId
  }

  /** The session lives on with the same token; setting 3 leaves that open. */
  renew(): void {
    this.#expiryTime += RENEWED_MS
    const body = this.#shown({ status: 'OK', valid: true, expiryTime: this.#expiryTime })
    this.#say('GET', '/v2/sso/token/renew', 200, body, { kind: 'renewal', told: body })
  }

  /** Everything is seen to its end. */
  finish(): void {
    for (let which = 0; which < this.#orders.length; which++) this.query(which, 9)
    while (this.#pending.length > 0) this.download(50)
    this.download(50)
    for (let which = 0; which < this.#orders.length; which++) this.query(which, 0)
    this.list()
  }

  #sentFor(id: string, { kind, side, size }: Terms): Fields {
    const price = (side === 'Buy' ? OFFER : BID).toNumber()
    const common = { coId: `c${id}`, side, symbol: 'EUR/USD', currency: 'EUR', size, price }
    if (kind === 'PQ') {
      return { ...common, type: 'PQ', timeInForce: 'FOK', rateId: this.quote() }
    }
    const life = kind === 'GTT' ? { expiryTime: LIFE_SECONDS } : {}
    return { ...common, type: 'Limit', timeInForce: kind, ...life }
  }

  /** Moves an order on; what is dealt on the way has its trades at once. */
  #advance(order: ServerOrder, steps: number): void {
    for (let step = 0; step < steps; step++) {
      const [now, next] = [order.stages[order.stage], order.stages[order.stage + 1]]
      if (!now || !next) return
      if (next.status === 'EXPIRED' && order.sent.timeInForce === 'GTT') {
        this.wait(LIFE_SECONDS * 1_000)
      }
      order.stage += 1
      if (next.dealt.gt(now.dealt))
        this.#pending.push(this.#trade(order, next.dealt.minus(now.dealt)))
    }
  }

  #trade({ sent, orderId, rate }: ServerOrder, dealt: Big): Fields {
    const { coId, side, symbol, currency } = sent
    return this.#shown({
      ...{ orderId, tradeId: `FXI${this.#nextId()}`, coId, side, symbol, currency },
      ...(this.#choices.omitEvent ? {} : { event: 'NEW' }),
      ...{ tradeType: 'Spot', tradeDate: '2026-01-05', valueDate: '2026-01-07', maker: false },
      ...{ status: 'Verified', dealtAmount: dealt.toNumber() },
      settledAmount: dealt.times(rate).toNumber(),
    })
  }

  #view({ sent, orderId, stages, stage, rate }: ServerOrder): Fields {
    const { status, dealt } = stages[stage] ?? { status: 'RECEIVED', dealt: new Big(0) }
    const open = FINAL.includes(status) ? new Big(0) : new Big(Number(sent.size)).minus(dealt)
    return this.#shown({
      ...{ ...sent, orderId, status, cumQty: dealt.toNumber(), leavesQty: open.toNumber() },
      ...(dealt.gt(0) && { averagePrice: rate.toNumber() }),
    })
  }

  #shown(fields: Fields): Fields {
    return { ...fields, ...this.#choices.extra }
  }

  #one(which: number): ServerOrder | undefined {
    return this.#orders[which % this.#orders.length]
  }

  #nextId(): string {
    this.#ids += 1
    return String(4_820_276_000 + this.#ids)
  }

  #say(
    method: Entry['method'],
    path: string,
    status: number,
    body: unknown,
    about: About,
    sent?: Fields,
  ): void {
    const afterMs = this.#waitedMs
    this.#waitedMs = 0
    this.entries.push({
      ...{ method, path, status, about },
      ...(body !== undefined && { body }),
      ...(sent && { sent }),
      ...(afterMs > 0 && { afterMs }),
      ...(about.kind === 'renewal' && { brings: TOKEN }),
    })
  }
}

function isFinal({ stages, stage }: ServerOrder): boolean {
  return FINAL.includes(stages[stage]?.status ?? '')
}

/** The way of an order, from RECEIVED; what is not documented of its kind ends FILLED instead. */
function stagesOf({ kind, size, parts, end }: Terms): Stage[] {
  const nothing = new Big(0)
  const received = { status: 'RECEIVED', dealt: nothing }
  const fresh = { status: 'NEW', dealt: nothing }
  if (end === 'REJECTED at once') return [received, { status: 'REJECTED', dealt: nothing }]
  if (end === 'REJECTED') return [received, fresh, { status: 'REJECTED', dealt: nothing }]
  const isWhole = kind === 'PQ' || kind === 'FOK'
  const dealt = isWhole ? [] : partsDealt(size, parts)
  const working = dealt.map((each) => ({ status: 'NEW', dealt: each }))
  const soFar = dealt.at(-1) ?? nothing
  if (end === 'EXPIRED' && kind !== 'PQ' && kind !== 'GTC') {
    return [received, fresh, ...working, { status: 'EXPIRED', dealt: soFar }]
  }
  if (end === 'rests' && kind === 'GTC') return [received, fresh, ...working]
  return [received, fresh, ...working, { status: 'FILLED', dealt: new Big(size) }]
}

/** How much is dealt after each part; never the whole. */
function partsDealt(size: number, parts: readonly number[]): Big[] {
  let dealt = new Big(0)
  return parts.flatMap((share) => {
    const part = new Big(size).times(share).round(0, Big.roundDown)
    if (part.eq(0) || dealt.plus(part).gte(size)) return []
    dealt = dealt.plus(part)
    return [dealt]
  })
}
