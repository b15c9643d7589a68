import { takeText } from '../../api/known-text.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Door, DoorRequest } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { toResponse } from './msw-delivery.ts'
import type { Respond } from './text-response.ts'
import { wireAnswer } from './wire-answer.ts'

/** A request as MSW hands it to a handler. */
export interface MswCall {
  readonly request: Request
  /** What the pattern of the handler says of the path; MSW has percent-decoded it. */
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The path of the base URL. */
  readonly basePath: string
  /** Default: as MSW does. */
  readonly ofText?: Respond
}

/** What a door answers. */
export async function answerAt(door: Door, exchange: Exchange, call: MswCall): Promise<Response> {
  const delivery = door.handle(await toDoorRequest(call))
  return toResponse(delivery, exchange.clock, call.request.signal, call.ofText)
}

/** What an address under `/v2` answers where no door is. */
export function answerNowhere(request: Request, exchange: Exchange): Promise<Response> {
  const detail = `There is no ${request.method} ${new URL(request.url).pathname}.`
  const refusal = { reason: 'unknown-path', detail } as const
  const answer = wireAnswer(errorAnswer(refusal, exchange.settings), request)
  return toResponse({ answer }, exchange.clock, request.signal)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

async function toDoorRequest({ request, params, basePath }: MswCall): Promise<DoorRequest> {
  const url = new URL(request.url)
  return {
    method: request.method,
    pathname: url.pathname.slice(basePath.length),
    query: url.searchParams,
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, String(value)]),
    ),
    headers: request.headers,
    ...(await bodyOf(request, url.pathname + url.search)),
  }
}

/** The body as text, and as it came over the wire. */
async function bodyOf(
  request: Request,
  target: string,
): Promise<Required<Pick<DoorRequest, 'body' | 'wire'>>> {
  const text = request.body === null ? '' : takeText(request)
  if (text !== undefined) return { body: text, wire: { target, body: encoder.encode(text) } }
  const body = new Uint8Array(await request.arrayBuffer())
  return { body: decoder.decode(body), wire: { target, body } }
}
