import type { Answer, Call, Deviating, Deviation, Fields } from './deviation.ts'
import { answering, listIn, madeUpOrder, madeUpTrade } from './made-up.ts'

/** Server ids of orders that were refused; the simulation's own begin elsewhere. */
const FIRST_ID = 99_000_000_001

/** A placing that the simulation refused, under the id that it would have been given. */
interface Refused {
  readonly orderId: string
  readonly sent: Fields
}

type Tell = (refused: Refused, call: Call, answer: Answer) => Answer

/**
 * Tells of placings that were refused for want of a price as if they had been taken: whatever is wrong
 * with others would have the wrong shape as well.
 */
function telling(tell: Tell, refuse?: Tell): Deviation['begin'] {
  return () => {
    const refused: Refused[] = []
    return {
      alter(call, answer) {
        const { operation, sent } = call
        if (operation !== 'placeOrder') {
          return refused.reduce((told, each) => tell(each, call, told), answer)
        }
        if (!sent || sent.price !== undefined || answer.status !== 400) return answer
        const order = { sent, orderId: String(FIRST_ID + refused.length) }
        refused.push(order)
        return refuse?.(order, call, answer) ?? answer
      },
    } satisfies Deviating
  }
}

export const refusedDeviations: readonly Deviation[] = [
  {
    id: 'refused-under-client-id',
    sentence:
      'A placing that was refused for want of a price is there when it is queried by client id.',
    breaks: 'placing.absent-by-client-id',
    begin: telling(({ sent, orderId }, { operation, params }, answer) =>
      operation === 'queryOrders' && params.coId === sent.coId
        ? answering(answer, [madeUpOrder(sent, orderId, 'NEW')])
        : answer,
    ),
  },
  {
    id: 'refused-under-server-id',
    sentence: 'A refusal for want of a price names a server id, and the order is there under it.',
    breaks: 'placing.absent-by-server-id',
    begin: telling(
      ({ sent, orderId }, { operation, params }, answer) =>
        operation === 'queryOrder' && params.id === orderId
          ? answering(answer, [madeUpOrder(sent, orderId, 'NEW')])
          : answer,
      ({ orderId }, _call, answer) => ({
        ...answer,
        body: { ...(answer.body as Fields), orderId },
      }),
    ),
  },
  {
    id: 'refused-among-active',
    sentence: 'A placing that was refused for want of a price is among the active orders.',
    breaks: 'placing.absent-active',
    begin: telling(({ sent, orderId }, { operation, params }, answer) =>
      operation === 'queryOrders' && params.coId === undefined && answer.status === 200
        ? answering(answer, [...listIn(answer), madeUpOrder(sent, orderId, 'NEW')])
        : answer,
    ),
  },
  {
    id: 'refused-traded',
    sentence:
      'A placing that was refused for want of a price has a trade, which comes with the next download.',
    breaks: 'placing.absent-trades',
    begin: (scene) => {
      const delivered = new Set<string>()
      return telling(({ sent, orderId }, { operation }, answer) => {
        if (operation !== 'downloadTrades' || answer.status !== 200) return answer
        if (delivered.has(orderId)) return answer
        delivered.add(orderId)
        return answering(answer, [...listIn(answer), madeUpTrade(sent, orderId)])
      })(scene)
    },
  },
]
