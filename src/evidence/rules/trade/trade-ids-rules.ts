import type { Delivery } from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import { idOf } from '../../reading/reading.ts'
import { termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/** Which rate a trade of another order may name is not said. */
export const tradeRateIdRule: Rule = {
  id: 'trade.rate-id',
  family: 'Trades',
  sentence: 'A trade of a previously quoted order that names a rate names the one of its order.',
  source: { section: '2.8', mark: 'reference' },
  code: 'trade-of-other-rate',
  check: ({ deliveries, orders }) =>
    resultOf(
      deliveries.map(({ orderId, tradeId, fields, reading }): Sight => {
        const order = orders.find((each) => each.orderId === orderId)
        const terms = order && termsOf(order)
        const named = idOf(fields.rateId)
        if (terms?.type !== 'PQ' || terms.rateId === undefined || named === undefined)
          return undefined
        if (named === terms.rateId) return 'held'
        const detail = `trade ${tradeId}: names rate ${named}, its order ${terms.rateId}`
        return { orderId, detail, exchanges: [...new Set([terms.seenIn.number, reading.number])] }
      }),
    ),
}

export const tradeIdUniqueRule: Rule = {
  id: 'trade.id-unique',
  family: 'Trades',
  sentence:
    'A trade id belongs to one order, or to the maker and the taker that were dealt with each other.',
  source: { section: '2.8', mark: 'reference' },
  code: 'trade-id-reused',
  check: (matter) => resultOf(matter.deliveries.map((each, at) => uniqueSight(each, at, matter))),
}

function uniqueSight(delivery: Delivery, at: number, { deliveries }: Matter): Sight {
  const { tradeId, orderId, reading } = delivery
  const earlier = deliveries.slice(0, at).filter((each) => each.orderId !== orderId)
  const [any] = earlier
  if (!any) return undefined
  const namesakes = earlier.filter((each) => each.tradeId === tradeId)
  if (namesakes.length === 0) return 'held'
  const same = namesakes.find((each) => each.fields.maker === delivery.fields.maker)
  if (!same) return undefined
  return {
    orderId,
    detail: `trade ${tradeId} is of order ${same.orderId}, and of ${orderId}`,
    exchanges: [...new Set([same.reading.number, reading.number])],
  }
}
