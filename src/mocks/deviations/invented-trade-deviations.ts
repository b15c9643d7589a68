import type { Deviation, Fields, KnownOrder } from './deviation.ts'
import { redelivering } from './retrading.ts'

/** How long after its placing an order is given a trade that it must not have, in milliseconds. */
const LATE_MS = 9_000

/** Ways to have trades of what was not dealt. They come late: whoever looks too soon sees nothing. */
export const inventedDeviations: readonly Deviation[] = [
  {
    id: 'trade.of-rejected',
    sentence: 'An order that was seen REJECTED has a trade, some seconds later.',
    breaks: 'trade.only-dealt',
    begin: inventing('REJECTED'),
  },
  {
    id: 'trade.of-expired',
    sentence:
      'An order that was seen EXPIRED without anything dealt has a trade, some seconds later.',
    breaks: 'trade.only-dealt',
    begin: inventing('EXPIRED'),
  },
  {
    id: 'trade.of-canceled',
    sentence:
      'An order that was seen CANCELED without anything dealt has a trade, some seconds later.',
    breaks: 'trade.only-dealt',
    begin: inventing('CANCELED'),
  },
]

function inventing(status: string): Deviation['begin'] {
  return redelivering(({ now, orders }) => {
    const traded = new Set<string>()
    return (trades) => {
      for (const { orderId } of trades) traded.add(String(orderId))
      const due = [...orders.values()].filter(
        ({ orderId, told, placedAt }) =>
          told.at(-1) === status && !traded.has(orderId) && now() - placedAt >= LATE_MS,
      )
      for (const { orderId } of due) traded.add(orderId)
      return due.length === 0 ? trades : [...trades, ...due.map((order) => tradeOf(order, now()))]
    }
  })
}

function tradeOf({ orderId, sent }: KnownOrder, at: number): Fields {
  const day = new Date(at).toISOString().slice(0, 10)
  return {
    ...{ orderId, tradeId: `FXI${orderId}`, coId: sent.coId, event: 'NEW' },
    ...{ tradeType: 'Spot', tradeDate: day, valueDate: day, maker: false, status: 'Verified' },
    ...{ side: sent.side, symbol: sent.symbol, currency: sent.currency, dealtAmount: sent.size },
  }
}
