import type { Malformed, Refusal } from '../../../api/client/answer.ts'
import { NoAnswerError } from '../../../api/client/no-answer-error.ts'
import { type Failure, failureOf } from './failure.ts'

/** What was answered in place of what was asked for, on one line. */
export function describeAnswer(answer: Refusal | Malformed): string {
  const { httpStatus } = answer
  if (answer.kind === 'refusal') {
    const said = [answer.code, answer.message].filter((text) => text !== undefined).join(': ')
    return `HTTP ${httpStatus}${said && `, ${said}`}`
  }
  const [problem] = answer.problems
  const where = problem?.path ? `${problem.path}: ` : ''
  return `HTTP ${httpStatus}, not as documented: ${where}${problem?.message ?? ''}`
}

/** @throws Whatever is not the failure of a request. */
export function failureOfCall(error: unknown): Failure {
  if (!(error instanceof NoAnswerError)) throw error
  const { seen, remedy } = failureOf(error.cause)
  const { httpStatus } = error
  return { seen: httpStatus === undefined ? seen : `HTTP ${httpStatus}, then ${seen}`, remedy }
}
