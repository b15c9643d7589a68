import type { Delivery } from '../../reading/delivery.ts'
import type { OwnOrder } from '../../reading/own-orders.ts'
import { originOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const FIELDS = ['coId', 'side', 'symbol', 'currency'] as const
/** What both must tell before they can be said to agree. */
const SHOWN = ['side', 'symbol', 'currency'] as const

export const tradeAgreesRule: Rule = {
  id: 'trade.agrees',
  family: 'Trades',
  sentence: 'A trade has the client id, side, symbol and currency of its order.',
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
  const { orderId } = order
  const [known, seenIn] = originOf(order) ?? []
  if (!known || !seenIn) return undefined
  const told = (value: unknown) => typeof value === 'string'
  const compared = FIELDS.filter((field) => told(known[field]) && told(fields[field]))
  const different = compared
    .filter((field) => known[field] !== fields[field])
    .map((field) => `${field}: the order has ${known[field]}, the trade ${fields[field]}`)
  if (different.length === 0) {
    return SHOWN.every((field) => compared.includes(field)) ? 'held' : undefined
  }
  const detail = `trade ${tradeId}: ${different.join('; ')}`
  return { orderId, detail, exchanges: [seenIn.number, reading.number] }
}
