import type { Answer, Deviation, Fields, KnownOrder, Scene } from './deviation.ts'

/**
 * Tells an order otherwise wherever it is queried.
 *
 * @param otherwise - The fields to tell instead, given what is true; `undefined` leaves it as it is.
 */
export function retelling(
  otherwise: (order: KnownOrder, truth: Fields, scene: Scene) => Fields | undefined,
): Deviation['begin'] {
  return (scene) => ({
    alter({ operation, params }, answer) {
      const isQuery = operation === 'queryOrder' || operation === 'queryOrders'
      if (!isQuery || answer.status !== 200) return answer
      return mapped(answer, (truth) => {
        const order = scene.orders.get(String(truth.orderId ?? params.id))
        const fields = order && otherwise(order, truth, scene)
        return fields === undefined ? truth : { ...truth, ...fields }
      })
    },
  })
}

/** An answer with every object of its body replaced; the same answer where none was. */
export function mapped(answer: Answer, change: (fields: Fields) => Fields): Answer {
  const { body } = answer
  if (Array.isArray(body)) {
    const changed = body.map((each: Fields) => change(each))
    return changed.every((each, at) => each === body[at]) ? answer : { ...answer, body: changed }
  }
  if (typeof body !== 'object' || body === null) return answer
  const changed = change(body as Fields)
  return changed === body ? answer : { ...answer, body: changed }
}

/** Answers a placing that is taken with other fields, given what is true. */
export function placedOtherwise(otherwise: (truth: Fields) => Fields): Deviation['begin'] {
  return () => ({
    alter: ({ operation }, answer) =>
      operation === 'placeOrder' && answer.status === 202
        ? mapped(answer, (truth) => ({ ...truth, ...otherwise(truth) }))
        : answer,
  })
}
