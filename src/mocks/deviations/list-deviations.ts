import type { Answer, Call, Deviation, KnownOrder, Scene } from './deviation.ts'
import { answering, listIn } from './made-up.ts'
import { mapped } from './retelling.ts'

/** Alters the answers to queries by client id and for all active orders that found something. */
function lists(alter: (answer: Answer, call: Call, scene: Scene) => Answer): Deviation['begin'] {
  return (scene) => ({
    alter: (call, answer) =>
      call.operation === 'queryOrders' && answer.status === 200
        ? alter(answer, call, scene)
        : answer,
  })
}

const isNew = (order: KnownOrder | undefined) => order?.told.at(-1) === 'NEW'

/** Ways to get lists of orders wrong. */
export const listDeviations: readonly Deviation[] = [
  {
    id: 'client-id-finds-nothing',
    sentence: 'A query by client id that found an order finds it NEW no more.',
    breaks: 'query.client-id-finds',
    begin: (scene) => {
      const found = new Set<string>()
      return {
        alter({ operation, params: { coId } }, answer) {
          if (operation !== 'queryOrders' || coId === undefined) return answer
          const [order] = listIn(answer)
          if (order && found.has(coId) && isNew(scene.orders.get(String(order.orderId)))) {
            return answering(answer, [])
          }
          if (order) found.add(coId)
          return answer
        },
      }
    },
  },
  {
    id: 'active-list-incomplete',
    sentence: 'The list of all active orders leaves out those that were seen NEW.',
    breaks: 'query.active-complete',
    begin: lists((answer, { params }, { orders }) => {
      const left = listIn(answer).filter(({ orderId }) => !isNew(orders.get(String(orderId))))
      const isAll = params.coId !== undefined || left.length === listIn(answer).length
      return isAll ? answer : answering(answer, left)
    }),
  },
  {
    id: 'listed-twice',
    sentence: 'The list of all active orders holds every order twice.',
    breaks: 'query.no-twice',
    begin: lists((answer, { params }) =>
      params.coId === undefined && listIn(answer).length > 0
        ? answering(answer, [...listIn(answer), ...listIn(answer)])
        : answer,
    ),
  },
  {
    id: 'listed-under-another-organisation',
    sentence: 'Lists name another organisation for an order than its query does.',
    breaks: 'query.lists-agree',
    begin: lists((answer) => mapped(answer, (truth) => ({ ...truth, org: 'AnotherOrg' }))),
  },
]
