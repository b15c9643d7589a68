import type { IntegralClient } from '../../../src/api/client/integral-client.ts'
import type { Order } from '../../../src/api/contract/orders.ts'

const FINAL = ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED']
/** Queries after which an order counts as never ending. */
const MOST_LOOKS = 20

let orders = 0

/** A limit order of 50,000 EUR as an app might place it. */
export function limitOrder(more: Readonly<Record<string, unknown>> = {}) {
  const fixed = { type: 'Limit', side: 'Buy', timeInForce: 'GTC' }
  return {
    ...{ coId: `app-${++orders}`, symbol: 'EUR/USD', currency: 'EUR', size: 50_000, price: 2 },
    ...fixed,
    ...more,
  }
}

/** Places whatever it is told to. */
export function place(client: IntegralClient, body: Readonly<Record<string, unknown>>) {
  return client.call('placeOrder', { body })
}

/** Places an order that is taken on. @returns Its server id. */
export async function placed(
  client: IntegralClient,
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const answer = await place(client, limitOrder(more))
  if (answer.kind === 'success') return (answer.value as Order).orderId
  throw new Error(`The order should be taken on: ${answer.raw}`)
}

/** Queries an order until it is final, and a few times at most. @returns The last view. */
export async function finalView(client: IntegralClient, orderId: string): Promise<Order> {
  for (let looks = 1; ; looks++) {
    const answer = await client.queryOrder(orderId)
    if (answer.kind !== 'success' || !answer.value) throw new Error(answer.raw)
    if (FINAL.includes(answer.value.status) || looks === MOST_LOOKS) return answer.value
  }
}
