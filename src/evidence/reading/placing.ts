import { type Fields, idOf, isFields, type Reading } from './reading.ts'

/**
 * One request that placed an order, and what came of it.
 *
 * - `accepted`: a 2xx. `orderId` is absent where the answer named none.
 * - `refused`: a 4xx or 3xx, or a 5xx with an error object.
 * - `in doubt`: no answer, or a 5xx without an error object. There may be an order.
 *
 * @see Fact sheet 2.4, "Failure" [seed]; 4.3, rule 6 [inferred].
 */
export interface Placing {
  readonly reading: Reading
  readonly sent: Fields
  readonly coId: string | undefined
  readonly result: 'accepted' | 'refused' | 'in doubt'
  readonly orderId: string | undefined
}

/** The placings of a transcript, in order. One with a body that is no JSON object places nothing. */
export function placingsOf(readings: readonly Reading[]): readonly Placing[] {
  return readings.flatMap((reading) => {
    const { operation, sent, body } = reading
    if (operation !== 'placeOrder' || sent === undefined) return []
    const result = resultOf(reading)
    const orderId = result === 'accepted' && isFields(body) ? idOf(body.orderId) : undefined
    return { reading, sent, coId: idOf(sent.coId), result, orderId }
  })
}

function resultOf({ status, isSuccess, isWhole, body }: Reading): Placing['result'] {
  if (isSuccess) return 'accepted'
  if (status === undefined || !isWhole) return 'in doubt'
  return status >= 500 && !isFields(body) ? 'in doubt' : 'refused'
}
