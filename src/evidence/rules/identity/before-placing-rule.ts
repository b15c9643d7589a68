import type { Matter } from '../../reading/matter.ts'
import type { Placing } from '../../reading/placing.ts'
import { elementsOf, idOf, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { foundNothing } from './client-query.ts'

export const beforePlacingRule: Rule = {
  id: 'query.before-placing',
  family: 'Identity',
  sentence: 'A client id under which nothing was placed yet leads to no order.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'order-before-placing',
  check: (matter) =>
    resultOf(
      matter.made
        .filter(({ operation, params }) => operation === 'queryOrders' && params.coId !== undefined)
        .map((reading) => {
          const first = matter.placings.find(({ coId }) => coId === reading.params.coId)
          return first && isEarlier(reading, first)
            ? sightOf(reading, first.reading, matter)
            : undefined
        }),
    ),
}

/** A placing that was refused as a duplicate shows that somebody else had used the client id. */
function isEarlier({ number, doneAt }: Reading, { reading, result }: Placing): boolean {
  return number < reading.number && doneAt <= reading.exchange.at && result !== 'refused'
}

function sightOf(reading: Reading, placing: Reading, matter: Matter): Sight {
  const { isSuccess, body, params, number } = reading
  const there = elementsOf(body).find(({ coId }) => coId === params.coId)
  if (!isSuccess || !there) return foundNothing(reading, matter) ? 'held' : undefined
  return {
    orderId: idOf(there.orderId) ?? '',
    detail: `client id ${params.coId} led to an order, and was placed only then`,
    exchanges: [number, placing.number],
  }
}
