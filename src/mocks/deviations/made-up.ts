import type { Answer, Fields } from './deviation.ts'

/** An order that nobody placed. */
export const STRANGER = {
  ...{ orderId: '9100000001', coId: 'another-order', type: 'Limit', timeInForce: 'GTC' },
  ...{ side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000, price: 1.1, status: 'NEW' },
} satisfies Fields

/** An order as it would be told, had it been taken; what was not sent is made up. */
export function madeUpOrder(sent: Fields, orderId: string, status: string): Fields {
  const whole = { ...STRANGER, ...sent }
  return { ...whole, orderId, status, cumQty: 0, leavesQty: whole.size }
}

/** A trade of the whole of an order, as it would be told, had it been dealt. */
export function madeUpTrade(sent: Fields, orderId: string): Fields {
  const { coId, side, symbol, currency, size } = madeUpOrder(sent, orderId, 'FILLED')
  return {
    ...{ orderId, tradeId: `FXI${orderId}`, coId, event: 'NEW', tradeType: 'Spot' },
    ...{ tradeDate: '2026-01-05', valueDate: '2026-01-07', maker: false, status: 'Verified' },
    ...{ side, symbol, currency, dealtAmount: size },
  }
}

/** An answer with this body, and a success. */
export function answering(answer: Answer, body: unknown, status = 200): Answer {
  return { ...answer, status, body }
}

/** The list that a body is; empty where it is none. */
export function listIn({ body }: Answer): readonly Fields[] {
  return Array.isArray(body) ? body : []
}
