import type { Operation } from '../contract/endpoints.ts'
import type { Answer } from './answer.ts'
import { type OperationValues, readers } from './operation-values.ts'
import { refusalDetails } from './refusal-details.ts'
import type { Received } from './send.ts'
import { misshapen } from './shape.ts'
import { tokenIn } from './token.ts'

/** Judges an answer by its code, and a success by the shape that the contract gives its body. */
export function readAnswer<O extends Operation>(
  operation: O,
  received: Received,
): Answer<OperationValues[O]> {
  const { httpStatus, raw, requestId, headers } = received
  const echo = headers.get('X-Request-ID')
  const answered = {
    operation,
    httpStatus,
    raw,
    requestId,
    ...(echo !== null && { echoedRequestId: echo }),
  }
  if (httpStatus >= 400) return { kind: 'refusal', ...answered, ...refusalDetails(raw) }
  const shape = readSuccess(operation, received)
  return shape.ok
    ? { kind: 'success', ...answered, value: shape.value }
    : { kind: 'malformed', ...answered, problems: shape.problems }
}

function readSuccess<O extends Operation>(operation: O, { httpStatus, headers, raw }: Received) {
  if (httpStatus < 200 || httpStatus > 299)
    return misshapen('', `Expected a 2xx, 4xx or 5xx, received ${httpStatus}; it was not followed`)
  const shape = readers[operation](raw)
  if (operation === 'login' && shape.ok && tokenIn(headers) === undefined)
    return misshapen('header SSO_TOKEN', 'Expected a token in this header or a cookie, found none')
  return shape
}
