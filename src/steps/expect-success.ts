import { assert } from 'chai'
import type { Answer } from '../api/client/answer.ts'
import { HostTroubleError, isHostTrouble } from './host-trouble.ts'
import { describe } from './placed-order.ts'

/**
 * The value of an answer that the scenario takes for granted.
 *
 * @param what - What was asked for, e.g. `a rate`.
 * @throws {AssertionError} It was refused, or came in another shape than documented.
 * @throws {HostTroubleError} The host, or the pace, was the trouble.
 */
export function expectSuccess<T>(what: string, answer: Answer<T>): T {
  const sentence = `Asking for ${what} was answered with ${describe(answer)}.`
  if (isHostTrouble(answer)) throw new HostTroubleError(sentence)
  assert(answer.kind === 'success', sentence)
  return answer.value
}
