import type { Answer } from '../api/client/answer.ts'
import { isErrorObject } from '../api/client/error-object.ts'
import type { IntegralClient } from '../api/client/integral-client.ts'
import { NoAnswerError } from '../api/client/no-answer-error.ts'
import type { Order } from '../api/contract/orders.ts'
import type { Backend } from '../backends/backend.ts'
import type { InDoubt } from './placed-order.ts'

/**
 * The answer to a placing, or, where none came that tells, what came instead: no HTTP answer, or a
 * server error without the API's error object, as a gateway sends.
 *
 * @see Fact sheet 2.4 "Failure" [seed: an error object with 5xx means that no order exists].
 */
export async function causeOfDoubt(
  place: () => Promise<Answer<Order>>,
): Promise<Answer<Order> | string> {
  try {
    const answer = await place()
    const isRefused = answer.kind === 'refusal' && answer.httpStatus >= 500
    if (!isRefused || isErrorObject(answer.raw)) return answer
    return `HTTP ${answer.httpStatus} without an error object`
  } catch (error) {
    if (error instanceof NoAnswerError) return error.message.replace(/\.$/, '')
    throw error
  }
}

/**
 * Looks for an order whose placing got no answer, by its client id, until it is found or the window
 * has passed: it may take a while to appear. Nothing is placed.
 *
 * `unknown` is what is left where the last look got no answer, or a refusal that says nothing: then
 * there may be an order or not.
 *
 * @param coId - Empty where the order had none: then nothing can be known.
 * @see Fact sheet 4.3, rule 6 [inferred].
 */
export async function lookUp(
  coId: string,
  cause: string,
  client: IntegralClient,
  { clock, patience }: Pick<Backend, 'clock' | 'patience'>,
): Promise<InDoubt> {
  const doubt = { kind: 'in doubt', cause } as const
  if (coId === '') return { ...doubt, result: 'unknown', lookups: 0 }
  const { poll, doubtWithinMs } = patience
  const deadline = clock.now() + doubtWithinMs
  let pauseMs = poll.firstMs
  for (let lookups = 1; ; lookups++) {
    const seen = await look(coId, client)
    if (typeof seen === 'object') return { ...doubt, result: 'one', order: seen, lookups }
    if (clock.now() + pauseMs > deadline) {
      const isSure = seen !== 'none seen' || (await canBeAsked(client))
      return { ...doubt, result: isSure ? seen : 'unknown', lookups }
    }
    await clock.sleep(pauseMs)
    pauseMs = Math.min(pauseMs * poll.factor, poll.mostMs)
  }
}

/** A 404 may also mean that the query by client id lives elsewhere: the list beside it tells. */
async function canBeAsked(client: IntegralClient): Promise<boolean> {
  try {
    return (await client.queryActiveOrders()).kind === 'success'
  } catch (error) {
    if (error instanceof NoAnswerError) return false
    throw error
  }
}

async function look(
  coId: string,
  client: IntegralClient,
): Promise<Order | 'none seen' | 'unknown'> {
  try {
    const answer = await client.queryOrdersByCoId(coId)
    if (answer.kind === 'refusal') return answer.httpStatus === 404 ? 'none seen' : 'unknown'
    if (answer.kind === 'malformed') return 'unknown'
    return answer.value.find((order) => order.coId === coId) ?? 'none seen'
  } catch (error) {
    if (error instanceof NoAnswerError) return 'unknown'
    throw error
  }
}
