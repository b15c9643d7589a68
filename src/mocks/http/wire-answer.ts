import type { DoorAnswer, DoorRequest, WireAnswer } from './door.ts'

/** Echoed where the caller set it. Fact sheet 0, "Conventions" [reference]. */
const REQUEST_ID = 'X-Request-ID'

/** An answer with its body as JSON, and all its headers. */
export function wireAnswer(answer: DoorAnswer, request: Pick<DoorRequest, 'headers'>): WireAnswer {
  const headers = [...(answer.headers ?? [])]
  const requestId = request.headers.get(REQUEST_ID)
  if (requestId !== null) headers.push([REQUEST_ID, requestId])
  const { status, body } = answer
  if (body === undefined) return { status, headers, text: undefined }
  headers.push(['Content-Type', 'application/json'])
  return { status, headers, text: JSON.stringify(body) }
}
