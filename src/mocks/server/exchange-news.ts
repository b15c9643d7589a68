import type { ExchangeObserver } from '../exchange/observer.ts'
import { toNumber } from '../exchange/order-view.ts'
import type { VenueEvents } from './venue-events.ts'

/** Has whoever listens at an organisation told what becomes of orders, and of trades. */
export function exchangeNews(events: VenueEvents): ExchangeObserver {
  return {
    orderChanged: (order) => {
      if (!events.isHeard) return
      const { orderId, coId, status, changedAt: at } = order
      const dealt = toNumber(order.dealt)
      events.tell({ type: 'order', order: { orderId, coId, status, dealt, at } })
    },
    tradeDone: ({ tradeId, orderId, coId, executedAt: at }) => {
      if (events.isHeard) events.tell({ type: 'trade', trade: { tradeId, orderId, coId, at } })
    },
  }
}
