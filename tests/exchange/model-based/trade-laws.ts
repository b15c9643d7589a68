import { Big } from 'big.js'
import { assert } from 'chai'
import type { Order } from '../../../src/api/contract/orders.ts'
import type { Trade } from '../../../src/api/contract/trades.ts'
import { isWithin } from './order-laws.ts'

interface Consumer {
  /** Trades got at least once, by id. */
  readonly got: Map<string, Trade>
  /** Trades that a resend has made eligible again. */
  readonly resent: Set<string>
}

/** Keeps watch over downloads: each trade once to each consumer, and only of what was dealt. */
export class TradeLaws {
  readonly #consumers = new Map<string, Consumer>()

  /** A trade that a consumer was handed, and its order as it then stands. */
  see(consumer: string, trade: Trade, order: Order): void {
    const { got, resent } = this.#consumer(consumer)
    const { tradeId, event, dealtAmount = 0 } = trade
    if (event === 'NEW') assert.isFalse(got.has(tradeId), `${tradeId} was NEW twice`)
    else assert.isTrue(event === 'RESEND' && resent.delete(tradeId), `${tradeId} resent unasked`)
    got.set(tradeId, trade)
    assert.isAbove(dealtAmount, 0)
    assert.isAtLeast(order.cumQty ?? 0, this.total(consumer, order.orderId), 'traded, not dealt')
    assert.isTrue(isWithin(order, trade.rate ?? 0), 'traded beyond the limit')
    assert.isTrue(isSettled(trade), `settled for ${trade.settledAmount}`)
    assert.deepInclude(trade, {
      coId: order.coId,
      side: order.side,
      symbol: order.symbol,
      currency: order.currency,
      customerOrg: order.org,
      status: 'Verified',
    })
  }

  /** A resend of the trades that this consumer got on these days. */
  resend(consumer: string, first: string, last: string): number {
    const { got, resent } = this.#consumer(consumer)
    const eligible = [...got.values()].filter(
      ({ tradeId, tradeDate }) => first <= tradeDate && tradeDate <= last && !resent.has(tradeId),
    )
    for (const { tradeId } of eligible) resent.add(tradeId)
    return eligible.length
  }

  /** What the trades of an order come to, for one consumer. */
  total(consumer: string, orderId: string): number {
    return [...this.#consumer(consumer).got.values()]
      .filter((trade) => trade.orderId === orderId)
      .reduce((sum, { dealtAmount = 0 }) => sum.plus(dealtAmount), new Big(0))
      .toNumber()
  }

  /** Trades that were resent and not yet got again. */
  owed(consumer: string): number {
    return this.#consumer(consumer).resent.size
  }

  #consumer(key: string): Consumer {
    const known = this.#consumers.get(key) ?? { got: new Map(), resent: new Set() }
    this.#consumers.set(key, known)
    return known
  }
}

/** Whether the amount in the other currency is right, to a cent or a yen. */
function isSettled({ symbol, currency, dealtAmount = 0, settledAmount, rate = 1 }: Trade): boolean {
  const dealsBase = symbol.startsWith(currency)
  const other = dealsBase ? symbol.slice(4) : symbol.slice(0, 3)
  const exact = dealsBase ? new Big(dealtAmount).times(rate) : new Big(dealtAmount).div(rate)
  const decimals = other === 'JPY' ? 0 : 2
  const amount = new Big(settledAmount ?? -1)
  return (
    amount.eq(amount.round(decimals)) &&
    amount
      .minus(exact)
      .abs()
      .lte(10 ** -decimals)
  )
}
