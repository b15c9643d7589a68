import type { Matter } from '../../reading/matter.ts'
import type { Placing } from '../../reading/placing.ts'
import { elementsOf, type Reading } from '../../reading/reading.ts'
import { isAboutTheRequest } from '../refused.ts'

/** A placing that was refused for good, and the client id that nothing else can have. */
export interface RefusedPlacing {
  readonly placing: Placing
  readonly coId: string
}

/** There is an order of this client id. */
const CONFLICT = 409

/**
 * The placings after which there is no order. A 5xx may have been taken (setting 47), and a client id
 * that was refused as a duplicate leads to the first order (setting 20): only client ids count of which
 * everything was refused with 4xx, and that nobody saw used before. The first refusal of each counts.
 *
 * @see Fact sheet 2.4, "Failure" [seed].
 */
export function refusedPlacings({ placings, readings }: Matter): readonly RefusedPlacing[] {
  return [...Map.groupBy(placings, ({ coId }) => coId).values()].flatMap((ofId) => {
    const [placing] = ofId
    const coId = placing?.sent.coId
    if (!placing || typeof coId !== 'string' || coId === '' || !ofId.every(isRefused)) return []
    const isUsed = readings.some(
      ({ number, isSuccess, body }) =>
        isSuccess && number < placing.reading.number && names(body, coId),
    )
    return isUsed ? [] : [{ placing, coId }]
  })
}

/** Whether a reading was asked for when the placing had been refused. */
export function isAfter({ number, exchange }: Reading, { placing }: RefusedPlacing): boolean {
  return number > placing.reading.number && exchange.at >= placing.reading.doneAt
}

function isRefused({ result, reading: { status = 0 } }: Placing): boolean {
  return result === 'refused' && isAboutTheRequest(status) && status !== CONFLICT
}

function names(body: unknown, coId: string): boolean {
  return elementsOf(body).some((fields) => fields.coId === coId)
}
