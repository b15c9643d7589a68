import type { DoorAnswer, DoorRequest, WireAnswer } from './door.ts'

/** Echoed where the caller set it. Fact sheet 0, "Conventions" [reference]. */
const REQUEST_ID = 'X-Request-ID'
const REQUEST_ID_KEY = 'x-request-id'

const NO_HEADERS: WireAnswer['headers'] = []
const JSON_ONLY: WireAnswer['headers'] = [['Content-Type', 'application/json']]

/** An answer with its body as JSON, and all its headers. */
export function wireAnswer(answer: DoorAnswer, request: Pick<DoorRequest, 'headers'>): WireAnswer {
  const { status, body, headers = NO_HEADERS } = answer
  const requestId = request.headers.get(REQUEST_ID_KEY)
  const type = body === undefined ? NO_HEADERS : JSON_ONLY
  return {
    status,
    headers:
      requestId === null && headers.length === 0
        ? type
        : [...headers, ...(requestId === null ? [] : [[REQUEST_ID, requestId] as const]), ...type],
    text: body === undefined ? undefined : JSON.stringify(body),
  }
}
