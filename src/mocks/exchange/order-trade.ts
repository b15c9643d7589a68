import type { DeskOrder } from './desk-order.ts'
import type { Decimal, Fill, TradeRecord } from './trade-record.ts'

/** A trade on an order that is kept: what the order says is not kept a second time. */
export class OrderTrade implements TradeRecord {
  readonly #order: DeskOrder
  readonly tradeId: string
  readonly dealt: Decimal
  readonly settled: Decimal
  readonly rate: Decimal
  readonly executedAt: number

  constructor(order: DeskOrder, { tradeId, dealt, settled, rate, executedAt }: Fill) {
    this.#order = order
    this.tradeId = tradeId
    this.dealt = dealt
    this.settled = settled
    this.rate = rate
    this.executedAt = executedAt
  }

  get orderId(): string {
    return this.#order.orderId
  }

  get coId(): string {
    return this.#order.coId
  }

  get user(): DeskOrder['user'] {
    return this.#order.user
  }

  get side(): string {
    return String(this.#order.echo.side)
  }

  get symbol(): string {
    return String(this.#order.echo.symbol)
  }

  get currency(): string {
    return String(this.#order.echo.currency)
  }

  /** Only a PQ order takes up a rate, whatever else is sent. */
  get rateId(): string | undefined {
    const { type, rateId } = this.#order.echo
    return type === 'PQ' ? String(rateId) : undefined
  }
}
