import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http'
import { CONTROL_PREFIX } from './control/control-contract.ts'

const NOTHING = Buffer.alloc(0)

/** Serves a request of the API that has come in whole. */
export type Serve = (raw: IncomingMessage, body: Buffer, response: ServerResponse) => void

/**
 * Serves plain requests of the API at once: all but every one of a trading app's. The others, those of
 * the control API too, are for a framework to read, which costs a tenth of what a call takes.
 *
 * @param bodyBytes - The longest body that is taken.
 */
export function apiListener(
  serve: Serve,
  others: RequestListener,
  bodyBytes: number,
): RequestListener {
  return (request, response) => {
    const { url = '', headers } = request
    if (!url.startsWith('/') || url.startsWith(CONTROL_PREFIX)) others(request, response)
    else if (hasNoBody(headers)) serve(request, NOTHING, response)
    else if (hasPlainBody(headers, bodyBytes))
      readBody(request, (body) => serve(request, body, response))
    else others(request, response)
  }
}

function hasNoBody(headers: IncomingHttpHeaders): boolean {
  return (headers['content-length'] ?? headers['transfer-encoding']) === undefined
}

/** Whether it is JSON of a length that is told, and taken. Node holds a client to what it has told. */
function hasPlainBody(headers: IncomingHttpHeaders, bodyBytes: number): boolean {
  return (
    headers['content-type'] === 'application/json' &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length']) <= bodyBytes
  )
}

/** Of a body that breaks off nobody hears: there is nobody to answer. */
function readBody(request: IncomingMessage, got: (body: Buffer) => void): void {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const [only = NOTHING] = pieces
    got(pieces.length > 1 ? Buffer.concat(pieces) : only)
  })
}
