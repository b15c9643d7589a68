import type { Exchange } from '../../src/mocks/exchange/exchange.ts'
import type { ExchangeObserver } from '../../src/mocks/exchange/observer.ts'
import { orderRecordOf, tradeRecordOf } from '../../src/mocks/exchange/order-record.ts'
import type { ExchangeRecord } from '../../src/mocks/exchange/records.ts'

/** The records of an exchange, kept by nothing but what an observer is told: as a store keeps them. */
export class ToldRecords implements Required<Omit<ExchangeObserver, 'restChanged'>> {
  readonly #exchange: () => Exchange
  readonly #rows = new Map<string, Map<string, string>>()

  constructor(exchange: () => Exchange) {
    this.#exchange = exchange
  }

  get record(): ExchangeRecord {
    const { recordRest } = this.#exchange()
    const all = (table: string) =>
      [...(this.#rows.get(table)?.values() ?? [])].map((text) => JSON.parse(text))
    return {
      rest: JSON.parse(JSON.stringify(recordRest.call(this.#exchange()))),
      ...{ users: all('users'), sessions: all('sessions'), quotes: all('quotes') },
      ...{ orders: all('orders'), trades: all('trades') },
      ...{ consumers: all('consumers'), deliveries: all('deliveries') },
    }
  }

  /** Goes on with the rows there are. */
  adopt({ users, sessions, quotes, orders, trades, consumers, deliveries }: ExchangeRecord): void {
    for (const each of users) this.#write('users', `${each.org} ${each.name}`, each)
    for (const each of sessions) this.#write('sessions', each.token, each)
    for (const each of quotes) this.#write('quotes', each.rateId, each)
    for (const each of orders) this.#write('orders', each.orderId, each)
    for (const each of trades) this.#write('trades', each.tradeId, each)
    for (const each of consumers) this.#write('consumers', `${each.org} ${each.name}`, each)
    this.tradesMoved(deliveries)
  }

  readonly userEnrolled: ExchangeObserver['userEnrolled'] & {} = (user) =>
    this.#write('users', `${user.org} ${user.name}`, this.#exchange().directory.recordOf(user))

  readonly userForgotten: ExchangeObserver['userForgotten'] & {} = ({ name, org }) =>
    this.#delete('users', `${org} ${name}`)

  readonly sessionChanged: ExchangeObserver['sessionChanged'] & {} = (session) =>
    this.#write('sessions', session.token, this.#exchange().sessions.recordOf(session))

  readonly sessionEnded = (token: string): void => this.#delete('sessions', token)

  readonly quoteChanged: ExchangeObserver['quoteChanged'] & {} = (quote) =>
    this.#write('quotes', quote.rateId, this.#exchange().quotes.recordOf(quote))

  readonly quoteForgotten = (rateId: string): void => this.#delete('quotes', rateId)

  readonly orderChanged: ExchangeObserver['orderChanged'] & {} = (order) =>
    this.#write('orders', order.orderId, orderRecordOf(order))

  readonly orderStirred = this.orderChanged
  readonly orderForgotten = (orderId: string): void => this.#delete('orders', orderId)

  readonly tradeDone: ExchangeObserver['tradeDone'] & {} = (trade) =>
    this.#write('trades', trade.tradeId, tradeRecordOf(trade))

  readonly tradeForgotten = (tradeId: string): void => this.#delete('trades', tradeId)

  readonly consumerChanged: ExchangeObserver['consumerChanged'] & {} = (consumer) =>
    this.#write('consumers', `${consumer.org} ${consumer.name}`, consumer)

  readonly tradesMoved: ExchangeObserver['tradesMoved'] & {} = (deliveries) => {
    for (const each of deliveries) {
      const { org, name } = each.consumer
      this.#write('deliveries', `${org} ${name} ${each.tradeId}`, each)
    }
  }

  #write(table: string, key: string, row: unknown): void {
    const rows = this.#rows.get(table) ?? new Map<string, string>()
    this.#rows.set(table, rows.set(key, JSON.stringify(row)))
  }

  #delete(table: string, key: string): void {
    this.#rows.get(table)?.delete(key)
  }
}
