import type { OwnOrder, View } from '../../reading/own-orders.ts'
import { elementsOf, type Fields, idOf } from '../../reading/reading.ts'
import { isSame } from '../echo/echo-fields.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const noTwiceRule: Rule = {
  id: 'query.no-twice',
  family: 'Identity',
  sentence: 'No list of orders holds an order twice.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'order-listed-twice',
  check: ({ made, orders }) =>
    resultOf(
      made
        .filter(({ operation, isSuccess }) => operation === 'queryOrders' && isSuccess)
        .flatMap(({ body, number }) => {
          const listed = elementsOf(body).map(({ orderId }) => idOf(orderId))
          return orders.map(({ orderId }): Sight => {
            const times = listed.filter((each) => each === orderId).length
            if (times <= 1) return times === 1 ? 'held' : undefined
            return { orderId, detail: `listed ${times} times`, exchanges: [number] }
          })
        }),
    ),
}

/** What an order is from the beginning, whatever becomes of it. What is not told in both is passed over. */
const FIXED = ['coId', 'type', 'side', 'currency', 'symbol', 'size', 'rateId', 'org', 'account']

export const listsAgreeRule: Rule = {
  id: 'query.lists-agree',
  family: 'Identity',
  sentence:
    'What a list, or a query by client id, says of an order agrees with its query by server id, as far as it cannot change.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'list-mismatch',
  check: ({ orders }) => resultOf(orders.flatMap(agreeSights)),
}

function agreeSights({ orderId, views }: OwnOrder): Sight[] {
  const queried = views.filter(({ by }) => by === 'query')
  const listed = queried.filter(({ reading }) => reading.operation === 'queryOrders')
  const single = queried.filter(({ reading }) => reading.operation === 'queryOrder')
  return listed.flatMap((inList): Sight[] => {
    const nearest =
      single.findLast(({ reading }) => reading.number < inList.reading.number) ?? single[0]
    return nearest ? comparedSights(orderId, inList, nearest) : []
  })
}

function comparedSights(orderId: string, inList: View, single: View): Sight[] {
  const fields = FIXED.filter((name) => isTold(name, inList.fields, single.fields))
  const different = fields.filter((name) => !isSame(single.fields[name], inList.fields[name]))
  if (different.length === 0) return fields.length === 0 ? [] : ['held']
  const exchanges = [single.reading.number, inList.reading.number].sort((a, b) => a - b)
  return different.map((name) => ({
    orderId,
    detail: `${name}: its query says ${JSON.stringify(single.fields[name])}, the list ${JSON.stringify(inList.fields[name])}`,
    exchanges,
  }))
}

function isTold(name: string, ...views: readonly Fields[]): boolean {
  return views.every((fields) => fields[name] !== undefined && fields[name] !== null)
}
