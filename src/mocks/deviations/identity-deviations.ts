import type { Answer, Call, Deviation } from './deviation.ts'
import { listDeviations } from './list-deviations.ts'
import { answering, listIn, madeUpOrder, STRANGER } from './made-up.ts'
import { mapped } from './retelling.ts'

/** Alters the answers to queries by server id that found something, told which of an order it is, from 1. */
function queries(alter: (answer: Answer, call: Call, nth: number) => Answer): Deviation['begin'] {
  return () => {
    const counts = new Map<string | undefined, number>()
    return {
      alter(call, answer) {
        if (call.operation !== 'queryOrder' || answer.status !== 200) return answer
        const nth = (counts.get(call.params.id) ?? 0) + 1
        counts.set(call.params.id, nth)
        return alter(answer, call, nth)
      },
    }
  }
}

/** Ways to get which order an answer is about wrong. */
export const identityDeviations: readonly Deviation[] = [
  {
    id: 'query-about-another',
    sentence: 'The second query of an order by server id is answered about another.',
    breaks: 'query.by-server-id',
    begin: queries((answer, _call, nth) => (nth === 2 ? answering(answer, [STRANGER]) : answer)),
  },
  {
    id: 'query-about-two',
    sentence: 'A query by server id is answered about another order too.',
    breaks: 'query.one-order',
    begin: queries((answer) => answering(answer, [...listIn(answer), STRANGER])),
  },
  {
    id: 'query-about-none',
    sentence:
      'A query by server id is answered with an empty list from 2 seconds after the placing on.',
    breaks: 'query.known-order',
    begin: ({ orders, now }) => ({
      alter({ operation, params: { id = '' } }, answer) {
        const placedAt = orders.get(id)?.placedAt ?? Number.POSITIVE_INFINITY
        const isDue = operation === 'queryOrder' && now() - placedAt >= 2_000
        return isDue && answer.status === 200 ? answering(answer, []) : answer
      },
    }),
  },
  {
    id: 'client-id-leads-to-two',
    sentence: 'A query by client id is answered about an order with another client id too.',
    breaks: 'query.by-client-id',
    begin: () => ({
      alter: ({ operation, params }, answer) =>
        operation === 'queryOrders' && params.coId !== undefined && answer.status === 200
          ? answering(answer, [...listIn(answer), STRANGER])
          : answer,
    }),
  },
  {
    id: 'client-id-leads-elsewhere',
    sentence: 'A query by client id names another server id than the placing did.',
    breaks: 'order.id-stable',
    begin: (scene) => ({
      alter: ({ operation, params }, answer) =>
        operation === 'queryOrders' && params.coId !== undefined && answer.status === 200
          ? mapped(answer, (truth) =>
              scene.orders.get(String(truth.orderId))?.told[0] === undefined
                ? truth
                : { ...truth, orderId: '9100000002' },
            )
          : answer,
    }),
  },
  {
    id: 'two-orders-under-one-id',
    sentence: 'A placing is answered with the server id of an order that was placed before.',
    breaks: 'order.id-unique',
    begin: ({ orders }) => ({
      alter({ operation }, answer) {
        if (operation !== 'placeOrder' || answer.status !== 202) return answer
        // The status of one that was queried would seem to go back.
        const earlier = [...orders.values()].find(({ told }) => told.at(-1) === 'RECEIVED')
        return mapped(answer, (truth) => (earlier ? { ...truth, orderId: earlier.orderId } : truth))
      },
    }),
  },
  {
    id: 'order-before-its-placing',
    sentence: 'A client id under which nothing was placed yet leads to an order.',
    breaks: 'query.before-placing',
    begin: () => {
      const placed = new Set<unknown>()
      return {
        instead({ operation, sent }) {
          if (operation === 'placeOrder') placed.add(sent?.coId)
          return undefined
        },
        alter({ operation, params: { coId } }, answer) {
          if (operation !== 'queryOrders' || !coId || placed.has(coId)) return answer
          return answering(answer, [madeUpOrder({ ...STRANGER, coId }, '9100000003', 'NEW')])
        },
      }
    },
  },
  ...listDeviations,
]
