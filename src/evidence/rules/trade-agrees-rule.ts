import type { Delivery } from '../reading/delivery.ts'
import type { OwnOrder } from '../reading/own-orders.ts'
import { type Rule, resultOf, type Sight } from './rule.ts'

const FIELDS = ['coId', 'side', 'symbol', 'currency'] as const

export const tradeAgreesRule: Rule = {
  id: 'trade.agrees',
  family: 'Trades',
  sentence: 'A trade has the client id, side, symbol and currency of its order, and is Verified.',
  source: { section: '2.8', mark: 'reference' },
  code: 'trade-mismatch',
  check: ({ deliveries, orders }) =>
    resultOf(
      deliveries.map((delivery) => {
        const order = orders.find(({ orderId }) => orderId === delivery.orderId)
        return order && sightOf(order, delivery)
      }),
    ),
}

function sightOf(order: OwnOrder, { fields, tradeId, reading }: Delivery): Sight {
  const { orderId, placing, views } = order
  const [first] = views
  const known = placing?.sent ?? first?.fields
  const seenIn = placing?.reading ?? first?.reading
  if (!known || !seenIn) return undefined
  const told = (value: unknown): value is string => typeof value === 'string'
  const different = [
    ...FIELDS.filter((field) => told(known[field]) && told(fields[field])).flatMap((field) =>
      known[field] === fields[field]
        ? []
        : `${field}: the order has ${known[field]}, the trade ${fields[field]}`,
    ),
    ...(told(fields.status) && fields.status !== 'Verified'
      ? [`status: expected Verified, received ${fields.status}`]
      : []),
  ]
  if (different.length === 0) return 'held'
  const detail = `trade ${tradeId}: ${different.join('; ')}`
  return { orderId, detail, exchanges: [seenIn.number, reading.number] }
}
