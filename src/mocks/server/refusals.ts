import type { Settings } from '../exchange/settings/settings.ts'
import type { WireAnswer } from '../http/door.ts'
import { errorAnswer } from '../http/error-answers.ts'
import { wireAnswer } from '../http/wire-answer.ts'

const NO_HEADERS = { get: () => null }

/** What is wrong with a request before any door has seen it: HTTP code, and a sentence. */
const kinds = {
  'body-too-large': [413, 'The body is larger than the server takes.'],
  'not-utf-8': [400, 'The body is not UTF-8.'],
  'bad-request': [400, 'The request is no HTTP that this server understands.'],
  'headers-too-large': [431, 'The headers are larger than the server takes.'],
  'too-slow': [408, 'The request did not come in whole in time.'],
  failed: [500, 'The simulation itself failed.'],
  'bad-address': [400, 'The address of the request is not valid.'],
} as const satisfies Record<string, readonly [number, string]>

export type TransportProblem = keyof typeof kinds

/** The error object for a request that no door has seen. */
export function transportRefusal(problem: TransportProblem, settings: Settings): WireAnswer {
  const [status, detail] = kinds[problem]
  return wireAnswer(errorAnswer({ reason: 'malformed-body', detail }, settings, status), {
    headers: NO_HEADERS,
  })
}

/** Which problem an error of Node's HTTP parser stands for. */
export function problemOfParser(code: string | undefined): TransportProblem {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'too-slow'
  return 'bad-request'
}
