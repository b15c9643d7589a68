import type { HttpHandler } from 'msw'
import { http } from 'msw'
import type { Exchange } from '../exchange/exchange.ts'
import type { Door, DoorRequest } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { toResponse } from './msw-delivery.ts'
import { wireAnswer } from './wire-answer.ts'

/**
 * The doors as MSW handlers. An address under `/v2` that no door answers gets the error object and
 * 404.
 *
 * @param baseUrl - What the paths stand below; `*` (any host) when absent.
 */
export function mswHandlers(
  doors: readonly Door[],
  exchange: Exchange,
  baseUrl?: string,
): HttpHandler[] {
  const base = (baseUrl ?? '*').replace(/\/$/, '')
  const basePath = baseUrl === undefined ? '' : new URL(base).pathname.replace(/\/$/, '')
  const handlers = doors.map((door) =>
    http[mswMethods[door.method]](
      base + door.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async ({ request, params }) => {
        const delivery = door.handle(await toDoorRequest(request, params, basePath))
        return toResponse(delivery, exchange.clock, request.signal)
      },
    ),
  )
  const unknown = http.all(`${base}/v2/*`, ({ request }) => {
    const detail = `There is no ${request.method} ${new URL(request.url).pathname}.`
    const refusal = { reason: 'unknown-path', detail } as const
    const answer = wireAnswer(errorAnswer(refusal, exchange.settings), request)
    return toResponse({ answer }, exchange.clock, request.signal)
  })
  return [...handlers, unknown]
}

const mswMethods = { GET: 'get', POST: 'post', DELETE: 'delete' } as const

async function toDoorRequest(
  request: Request,
  params: Readonly<Record<string, string | readonly string[] | undefined>>,
  basePath: string,
): Promise<DoorRequest> {
  const url = new URL(request.url)
  const body = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    pathname: url.pathname.slice(basePath.length),
    query: url.searchParams,
    // MSW has percent-decoded these already.
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, String(value)]),
    ),
    headers: request.headers,
    body: new TextDecoder().decode(body),
    wire: { target: url.pathname + url.search, body },
  }
}
