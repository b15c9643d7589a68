import type { Answer, Call, Deviating, Deviation, Fields, Scene } from './deviation.ts'
import { type DrawnType, isFinalStatus, mayFollow } from './documented-statuses.ts'
import { inventedTrade } from './invented-trade.ts'
import { mapped } from './retelling.ts'
import { toldAs } from './told-as.ts'

/** Most trades in an answer where nobody asks for another number. Fact sheet 2.8 [reference]. */
const BATCH = 50

/**
 * Answers every placing of a type with a status that only a query may tell, and keeps to it afterwards,
 * so that nothing later contradicts it: queries do not go back, an order that is told to have ended is
 * no longer listed, and has a trade if it is told to be FILLED, and else none.
 */
export function placedAs(type: DrawnType, status: string): Deviation['begin'] {
  const isOfType = Object.hasOwn(mayFollow[type], status)
  return (scene): Deviating => {
    const isMeant = (orderId: unknown) => scene.orders.get(String(orderId))?.sent.type === type
    const untraded: string[] = []
    return {
      alter(call, answer) {
        if (call.operation === 'placeOrder') {
          return mapped(answer, (truth) => {
            if (!isMeant(truth.orderId)) return truth
            if (status === 'FILLED') untraded.push(String(truth.orderId))
            return { ...truth, status }
          })
        }
        if (!isOfType) return answer
        return call.operation === 'downloadTrades' && isFinalStatus(status)
          ? downloaded(call, without(answer, isMeant), untraded, scene)
          : queried(status, isMeant, call, answer)
      },
    }
  }
}

function queried(
  status: string,
  isMeant: (orderId: unknown) => boolean,
  { operation, params }: Call,
  answer: Answer,
): Answer {
  if (operation !== 'queryOrder' && operation !== 'queryOrders') return answer
  const isList = operation === 'queryOrders' && params.coId === undefined
  if (isList && isFinalStatus(status)) return without(answer, isMeant)
  return mapped(answer, (truth) =>
    isMeant(truth.orderId ?? params.id) ? withoutStepBack(truth, status) : truth,
  )
}

function withoutStepBack(truth: Fields, status: string): Fields {
  if (truth.status === status) return truth
  if (isFinalStatus(status)) return toldAs(truth, status)
  return truth.status === 'RECEIVED' ? { ...truth, status } : truth
}

/** What is left of a download, and the trades that would have to be in it. */
function downloaded({ url }: Call, answer: Answer, untraded: string[], scene: Scene): Answer {
  const { body, status } = answer
  if (status !== 200 || !Array.isArray(body) || untraded.length === 0) return answer
  const most = Number(url.searchParams.get('maxCount') ?? BATCH)
  const due = untraded.splice(0, most - body.length)
  return { ...answer, body: [...body, ...due.map((orderId) => inventedTrade(orderId, scene))] }
}

/** A list without what is about some orders; the same answer where nothing was taken away. */
function without(answer: Answer, isMeant: (orderId: unknown) => boolean): Answer {
  const { body } = answer
  if (!Array.isArray(body)) return answer
  const left = body.filter(({ orderId }: Fields) => !isMeant(orderId))
  return left.length === body.length ? answer : { ...answer, body: left }
}
