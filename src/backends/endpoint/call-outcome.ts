import type { Answer } from '../../api/client/answer.ts'
import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import { NotSentError } from './not-sent-error.ts'
import type { Reply } from './protocol.ts'

/** What became of a call, without what goes along with it. */
export type CallOutcome = Reply extends infer Each
  ? Each extends Reply
    ? Omit<Each, 'session' | 'secrets' | 'arrived'>
    : never
  : never

/** What became of a call, as data: errors do not travel whole, and must not carry a secret. */
export async function outcomeOf(
  work: () => Promise<Answer<unknown> | undefined>,
  redact: (text: string) => string,
): Promise<CallOutcome> {
  try {
    return { kind: 'answer', answer: await work() }
  } catch (error) {
    if (error instanceof NotSentError) return { kind: 'not sent', why: error.message }
    if (!(error instanceof NoAnswerError))
      return { kind: 'impossible', error: redact(String(error)) }
    const { operation, method, url, requestId, httpStatus } = error
    const unanswered = { operation, method, url, requestId, httpStatus }
    return { kind: 'no answer', unanswered, cause: error.message }
  }
}
