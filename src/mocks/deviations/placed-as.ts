import type { Answer, Call, Deviating, Deviation, Fields } from './deviation.ts'
import { type DrawnType, isFinalStatus, mayFollow } from './documented-statuses.ts'
import { mapped } from './retelling.ts'
import { toldAs } from './told-as.ts'

/**
 * Answers every placing of a type with a status that only a query may tell, and keeps to it afterwards,
 * so that nothing later contradicts it: queries do not go back, an order that is told to have ended is
 * no longer listed, and one that is told to have ended without a deal has no trades.
 */
export function placedAs(type: DrawnType, status: string): Deviation['begin'] {
  return (scene): Deviating => {
    const isMeant = (orderId: unknown) => scene.orders.get(String(orderId))?.sent.type === type
    return {
      alter(call, answer) {
        if (call.operation === 'placeOrder') {
          return mapped(answer, (truth) => (isMeant(truth.orderId) ? { ...truth, status } : truth))
        }
        return mayFollow[type][status as never] === undefined
          ? answer
          : keptUp(status, isMeant, call, answer)
      },
    }
  }
}

function keptUp(
  status: string,
  isMeant: (orderId: unknown) => boolean,
  { operation, params }: Call,
  answer: Answer,
): Answer {
  const isQuery = operation === 'queryOrder' || operation === 'queryOrders'
  if (isQuery) {
    const told = mapped(answer, (truth) =>
      isMeant(truth.orderId ?? params.id) ? withoutStepBack(truth, status) : truth,
    )
    const isList = operation === 'queryOrders' && params.coId === undefined
    return isList && isFinalStatus(status) ? without(told, ({ orderId }) => isMeant(orderId)) : told
  }
  const isUndealt = isFinalStatus(status) && status !== 'FILLED'
  return operation === 'downloadTrades' && isUndealt
    ? without(answer, ({ orderId }) => isMeant(orderId))
    : answer
}

function withoutStepBack(truth: Fields, status: string): Fields {
  if (truth.status === status) return truth
  if (isFinalStatus(status)) return toldAs(truth, status)
  return truth.status === 'RECEIVED' ? { ...truth, status } : truth
}

/** A list without some of its elements; the same answer where none was taken away. */
function without(answer: Answer, isTakenAway: (fields: Fields) => boolean): Answer {
  const { body } = answer
  if (!Array.isArray(body)) return answer
  const left = body.filter((each: Fields) => !isTakenAway(each))
  return left.length === body.length ? answer : { ...answer, body: left }
}
