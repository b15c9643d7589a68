import type { Operation } from '../../src/api/contract/endpoints.ts'
import type { Answer, Call, KnownOrder } from '../../src/mocks/deviations/deviation.ts'

/** A call as a deviation sees it. */
export function callOf(
  operation: Operation,
  params: Call['params'] = {},
  sent?: Call['sent'],
): Call {
  const url = new URL('https://host.invalid/')
  return { operation, params, method: 'GET', url, headers: new Headers(), sent }
}

export function answerOf(status: number, body: unknown): Answer {
  return { status, headers: new Headers(), body }
}

export function orderKnown(orderId: string, type: string, told: readonly string[]): KnownOrder {
  return { orderId, sent: { type }, placedAt: 0, told }
}
