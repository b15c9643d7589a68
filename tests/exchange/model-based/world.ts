import { assert } from 'chai'
import type { Operation } from '../../../src/api/contract/endpoints.ts'
import { type Order, ordersSchema } from '../../../src/api/contract/orders.ts'
import { type SpotRate, spotRateSchema } from '../../../src/api/contract/rates.ts'
import { tradesSchema } from '../../../src/api/contract/trades.ts'
import type { User } from '../../../src/mocks/exchange/directory.ts'
import { Exchange } from '../../../src/mocks/exchange/exchange.ts'
import { orderView } from '../../../src/mocks/exchange/order-view.ts'
import type { ExchangeRecord } from '../../../src/mocks/exchange/records.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../../src/mocks/exchange/virtual-clock.ts'
import type { DoorAnswer, Row } from '../../../src/mocks/http/door.ts'
import { endpointTable } from '../../../src/mocks/http/endpoint-table.ts'
import { ToldRecords } from '../told-records.ts'
import { OrderLaws } from './order-laws.ts'
import { TradeLaws } from './trade-laws.ts'

/** Two minutes before DAY orders end in New York, in summer. */
const START = Date.UTC(2025, 5, 11, 20, 58)
export const DAY_END = Date.UTC(2025, 5, 11, 21)

export type Name = 'ada' | 'ben' | 'cy'
/** Ada and Ben are colleagues; Cy is a stranger. */
const ORGS = { ada: 'OneOrg', ben: 'OneOrg', cy: 'OtherOrg' } as const

/** A rate somebody was quoted. */
export interface Quoted {
  readonly rate: SpotRate
  readonly by: Name
  readonly at: number
}

export interface CallParts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
}

interface Login {
  token: string
  /** Epoch milliseconds from which the token must not do any more. */
  endsAt: number
}

/** The exchange behind its doors, called one call at a time, with the laws that hold for all of it. */
export class World {
  clock = new VirtualClock(START)
  exchange!: Exchange
  readonly settings: Settings
  readonly orderLaws = new OrderLaws()
  readonly tradeLaws = new TradeLaws()
  readonly orderIds: string[] = []
  readonly quotes: Quoted[] = []
  /** The rates that were dealt on. */
  readonly spent = new Set<string>()
  /** What a store would know. */
  told = new ToldRecords(() => this.exchange)
  /** Everything that was answered. */
  readonly answers: string[] = []
  readonly #options: { readonly seed: string; readonly settings: Partial<Settings> }
  #rows: readonly Row[]
  readonly #users: Readonly<Record<Name, User>>
  readonly #logins = new Map<Name, Login>()
  readonly #byCoId = new Map<string, string>()

  constructor(seed: string, settings: Partial<Settings>) {
    this.#options = { seed, settings }
    this.exchange = this.#begin()
    this.settings = this.exchange.settings
    this.#rows = endpointTable(this.exchange)
    const enrol = (name: Name) => this.exchange.directory.enrol({ name, org: ORGS[name] })
    this.#users = { ada: enrol('ada'), ben: enrol('ben'), cy: enrol('cy') }
  }

  /** Goes on with an exchange restored from a record of this one, on a clock of its own. */
  restart(record: ExchangeRecord): void {
    this.clock = new VirtualClock(this.clock.now())
    this.exchange = this.#begin()
    this.exchange.restore(JSON.parse(JSON.stringify(record)))
    this.#rows = endpointTable(this.exchange)
  }

  #begin(): Exchange {
    return new Exchange({ clock: this.clock, ...this.#options, observer: this.told })
  }

  orgOf(by: Name): string {
    return ORGS[by]
  }

  /** Who counts in "not downloaded before". */
  consumerOf(by: Name): string {
    return this.settings['stp.scope'] === 'org' ? ORGS[by] : by
  }

  /** The order that holds a coId in an organisation. */
  orderOf(by: Name, coId: string): string | undefined {
    return this.#byCoId.get(`${ORGS[by]} ${coId}`)
  }

  took(by: Name, coId: string, orderId: string): void {
    this.#byCoId.set(`${ORGS[by]} ${coId}`, orderId)
    this.orderIds.push(orderId)
  }

  login(by: Name): void {
    const { name, org, password } = this.#users[by]
    const answer = this.#open('login', '', { body: { user: name, pass: password, org } })
    assert.equal(answer.status, 200)
    const token = answer.headers?.find(([header]) => header === 'SSO_TOKEN')?.[1] ?? ''
    this.#logins.set(by, { token, endsAt: this.clock.now() + this.settings.tokenTtlMs })
  }

  expireTokens(): void {
    this.exchange.sessions.expireAll()
    for (const login of this.#logins.values())
      login.endsAt = Math.min(login.endsAt, this.clock.now())
  }

  /** Calls as a user, who logs in where that is needed. No call may fail as a server fails. */
  call(by: Name, operation: Operation, parts: CallParts = {}): DoorAnswer {
    const login = this.#logins.get(by)
    const answer = this.#open(operation, login?.token ?? '', parts)
    const isSignedIn = login !== undefined && this.clock.now() < login.endsAt
    assert.equal(answer.status !== 401, isSignedIn, `${operation} ${answer.status}`)
    if (isSignedIn) return answer
    this.login(by)
    return this.call(by, operation, parts)
  }

  /** Asks for a rate, of which there is one while anybody streams prices. */
  askRate(by: Name, symbol: string): void {
    const answer = this.call(by, 'spotRate', { query: { symbol } })
    assert.equal(answer.status, this.exchange.market.streams(symbol) ? 200 : 404)
    if (answer.status !== 200) return
    this.quotes.push({ rate: spotRateSchema.parse(answer.body), by, at: this.clock.now() })
  }

  /** Orders that a user sees, which must all be lawful, and his organisation's. */
  seeOrders(by: Name, body: unknown): readonly Order[] {
    const orders = ordersSchema.parse(body)
    for (const order of orders) {
      assert.equal(order.org, ORGS[by], 'an order of somebody else')
      assert.equal(this.orderLaws.placed(order.orderId).org, ORGS[by])
      this.orderLaws.see(order, this.clock.now())
    }
    return orders
  }

  /** Trades that a user downloads. */
  download(by: Name, maxCount: number | undefined): number {
    const answer = this.call(by, 'downloadTrades', {
      query: maxCount === undefined ? {} : { maxCount: String(maxCount) },
    })
    assert.equal(answer.status, 200)
    const trades = tradesSchema.parse(answer.body)
    assert.isAtMost(trades.length, maxCount ?? 50)
    for (const trade of trades) {
      const order = this.peek(trade.orderId)
      assert.equal(order.org, ORGS[by], 'a trade of somebody else')
      this.tradeLaws.see(this.consumerOf(by), trade, order)
    }
    return trades.length
  }

  /** An order as it stands, without moving it on by asking. */
  peek(orderId: string): Order {
    const order = this.exchange.desk.orders.find((each) => each.orderId === orderId)
    return order ? orderView(order, this.settings, '') : assert.fail(`there is no order ${orderId}`)
  }

  /** Looks at every order: the laws hold between queries too. */
  sweep(): void {
    for (const order of this.exchange.desk.orders) {
      const view = orderView(order, this.settings, '')
      this.orderLaws.see(view, this.clock.now())
      if (view.status === 'FILLED' && view.rateId !== undefined) this.spent.add(view.rateId)
    }
    assert.lengthOf(this.exchange.desk.orders, this.orderIds.length, 'an order nobody was told of')
  }

  /** Once all is downloaded, the trades of every order come to what was dealt on it. */
  settleUp(): void {
    const delayMs = this.settings['stp.delayMs']
    this.clock.advance(delayMs)
    this.sweep()
    for (const by of ['ada', 'ben', 'cy'] as const) {
      while (this.download(by, undefined) > 0);
      assert.equal(this.tradeLaws.owed(this.consumerOf(by)), 0, 'a resent trade never came')
      for (const { orderId, user, fills } of this.exchange.desk.orders) {
        if (user.org !== ORGS[by]) continue
        const traded = this.tradeLaws.total(this.consumerOf(by), orderId)
        const isDealing = fills.some((fill) => fill.executedAt + delayMs > this.clock.now())
        if (isDealing) assert.isBelow(traded, this.peek(orderId).cumQty ?? 0)
        else assert.equal(traded, this.peek(orderId).cumQty, 'trades and cumQty differ')
      }
    }
  }

  #open(operation: Operation, token: string, { params, query, body }: CallParts): DoorAnswer {
    const row = this.#rows.find((each) => each.operation === operation)
    if (!row) return assert.fail(`there is no row for ${operation}`)
    const answer = row.handle({
      method: row.method,
      pathname: row.path,
      query: new URLSearchParams(query),
      params: params ?? {},
      headers: new Headers({ SSO_TOKEN: token, 'Content-Type': 'application/json' }),
      body: body === undefined ? '' : JSON.stringify(body),
    })
    this.answers.push(JSON.stringify(answer))
    return answer
  }
}
