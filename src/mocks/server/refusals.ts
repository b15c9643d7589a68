import type { Reason } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { RequestHeaders, WireAnswer } from '../http/door.ts'
import { errorAnswer } from '../http/error-answers.ts'
import { wireAnswer } from '../http/wire-answer.ts'
import { isControl } from './control-address.ts'
import { MOST_NAME_CHARACTERS } from './limits.ts'
import type { Venue } from './venue.ts'

const NO_HEADERS: RequestHeaders = { get: () => null }

/** What is wrong with a request before any door has seen it: HTTP code, reason, and a sentence. */
const kinds = {
  'body-too-large': [413, 'malformed-body', 'The body is larger than the server takes.'],
  'not-utf-8': [400, 'malformed-body', 'The body is not UTF-8.'],
  encoded: [415, 'content-type', 'The body is compressed: send it as it is.'],
  'bad-content-type': [415, 'content-type', 'The Content-Type is no media type.'],
  'name-too-long': [
    400,
    'bad-value',
    `User, password and organisation have at most ${MOST_NAME_CHARACTERS} characters each.`,
  ],
  'bad-request': [400, 'malformed-body', 'The request is no HTTP that this server understands.'],
  'no-host': [400, 'malformed-body', 'The request has no Host header.'],
  'bad-address': [400, 'malformed-body', 'The address is no percent-encoding.'],
  tunnel: [404, 'unknown-path', 'There are no tunnels here.'],
  'headers-too-large': [
    431,
    'malformed-body',
    'Address and headers are larger than the server takes.',
  ],
  'too-slow': [408, 'malformed-body', 'The request did not come in whole in time.'],
  'unmet-expectation': [417, 'bad-value', 'The server meets no expectation but 100-continue.'],
  closing: [503, 'unavailable', 'The server is about to end.'],
  'not-done': [503, 'unavailable', 'The server cannot write down its state, and did nothing.'],
  'in-doubt': [
    503,
    'unavailable',
    'The server could not write down its state: whether the call took effect is in doubt.',
  ],
  failed: [500, 'server-error', 'The simulation itself failed.'],
} as const satisfies Record<string, readonly [status: number, Reason, string]>

export type TransportProblem = keyof typeof kinds

/** The error object for a request that no door has seen. */
export function transportRefusal(
  problem: TransportProblem,
  settings: Settings,
  headers = NO_HEADERS,
): WireAnswer {
  const [status, reason, detail] = kinds[problem]
  const answer = errorAnswer({ reason, detail }, settings, status)
  if (problem !== 'encoded') return wireAnswer(answer, { headers })
  return wireAnswer({ ...answer, headers: [['Accept-Encoding', 'identity']] }, { headers })
}

/**
 * The answer to a problem: as its address has it, in the shape of the API or of the control API.
 *
 * @param url - Absent where nobody knows it.
 */
export type Refuser = (problem: TransportProblem, url?: string) => WireAnswer

/** @param nowhere - Whose settings shape the errors. */
export function refuserIn({ exchange }: Pick<Venue, 'exchange'>): Refuser {
  return (problem, url = '') =>
    isControl(url) ? controlRefusal(problem) : transportRefusal(problem, exchange.settings)
}

function controlRefusal(problem: TransportProblem): WireAnswer {
  const [status, , detail] = kinds[problem]
  return {
    status,
    headers: [['Content-Type', 'application/json']],
    text: JSON.stringify({ error: detail }),
  }
}

const ofParser: Readonly<Record<string, TransportProblem>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
}

/** Which problem an error of Node's HTTP parser stands for. */
export function problemOfParser(code: string | undefined): TransportProblem {
  return ofParser[code ?? ''] ?? 'bad-request'
}

const ofReader: Readonly<Record<string, TransportProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'bad-content-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'bad-content-type',
  ECONNRESET: 'bad-request',
}

/** Which problem an error of Fastify's stands for while it reads a body; any other is our own mistake. */
export function problemOfReader(code: string | undefined): TransportProblem {
  return ofReader[code ?? ''] ?? 'failed'
}
