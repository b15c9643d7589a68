import type { Answer, Deviation, Fields, KnownOrder, Scene } from './deviation.ts'
import { mapped } from './retelling.ts'

/**
 * Tells the trades of known orders otherwise wherever they are downloaded.
 *
 * @param otherwise - The fields to tell instead, given what is true; `undefined` leaves it as it is.
 */
export function retrading(
  otherwise: (order: KnownOrder, truth: Fields, scene: Scene) => Fields | undefined,
): Deviation['begin'] {
  return (scene) => ({
    alter({ operation }, answer) {
      if (operation !== 'downloadTrades' || answer.status !== 200) return answer
      return mapped(answer, (truth) => {
        const order = scene.orders.get(String(truth.orderId))
        const fields = order && otherwise(order, truth, scene)
        return fields === undefined ? truth : { ...truth, ...fields }
      })
    },
  })
}

/**
 * Hands out other trades than the simulation does.
 *
 * @param instead - Given those that a download brings; called once for each.
 */
export function redelivering(
  begin: (scene: Scene) => (trades: readonly Fields[], maxCount: number) => readonly Fields[],
): Deviation['begin'] {
  return (scene) => {
    const instead = begin(scene)
    return {
      alter({ operation, url }, answer): Answer {
        const isDownload = operation === 'downloadTrades' && answer.status === 200
        if (!isDownload || !Array.isArray(answer.body)) return answer
        const maxCount = Number(url.searchParams.get('maxCount') ?? 50)
        const body = instead(answer.body, maxCount)
        return body === answer.body ? answer : { ...answer, body }
      },
    }
  }
}
