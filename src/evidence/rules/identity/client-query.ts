import type { Matter } from '../../reading/matter.ts'
import { elementsOf, idOf, type Reading } from '../../reading/reading.ts'

/** The server ids in an answer. */
export function idsIn({ body }: Reading): readonly string[] {
  return elementsOf(body).flatMap(({ orderId }) => idOf(orderId) ?? [])
}

/** A query that was answered with no order: an empty list, or 404. Fact sheet 6, row 22 [inferred]. */
export function isNothing({ isSuccess, isWhole, status, body }: Reading): boolean {
  return isSuccess ? Array.isArray(body) && body.length === 0 : isWhole && status === 404
}

/** A query by client id that brought an order of it. */
function isFound({ operation, params, isSuccess, body }: Reading): boolean {
  const isAsked = operation === 'queryOrders' && params.coId !== undefined && isSuccess
  return isAsked && elementsOf(body).some(({ coId }) => coId === params.coId)
}

/**
 * A query by client id that brought nothing, and had a chance. Where it lives is setting 23: a 404 may
 * say that it lives elsewhere, and an empty list that its parameter is not known, unless it was seen to
 * find something.
 */
export function foundNothing(reading: Reading, { readings }: Matter): boolean {
  return isNothing(reading) && readings.some(isFound)
}
