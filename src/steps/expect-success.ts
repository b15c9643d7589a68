import { assert } from 'chai'
import type { Answer } from '../api/client/answer.ts'
import { describe } from './placed-order.ts'

/**
 * The value of an answer that the scenario takes for granted.
 *
 * @param what - What was asked for, e.g. `a rate`.
 * @throws {AssertionError} It was refused, or came in another shape than documented.
 */
export function expectSuccess<T>(what: string, answer: Answer<T>): T {
  assert(answer.kind === 'success', `Asking for ${what} was answered with ${describe(answer)}.`)
  return answer.value
}
