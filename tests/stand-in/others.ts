import { compactDayOf } from './dates.ts'
import type { State } from './state.ts'

/* What another user of the same organisation does: no business of the client under test. */

export const OTHER_USER = 'other.user'

const startedAt = Date.now()

/** Two orders of another user that never change, one of a status that no page names. */
export function othersOrders({ flags }: State): Record<string, unknown>[] {
  if (!flags.othersOrders) return []
  return [
    { orderId: '7000000001', status: 'NEW' },
    { orderId: '7000000002', status: 'SUSPENDED' },
  ].map((own, at) => ({
    coId: `theirs-${at + 1}`,
    type: 'Limit',
    timeInForce: 'GTC',
    side: 'Sell',
    currency: 'EUR',
    symbol: 'EUR/USD',
    size: 250_000,
    price: 1.3,
    org: flags.credentials.org,
    userFullName: `${OTHER_USER}@${flags.credentials.org}`,
    action: 'place',
    cumQty: 0,
    leavesQty: 250_000,
    averagePrice: 0,
    transactTime: startedAt,
    tradeDate: compactDayOf(startedAt),
    ...own,
  }))
}
