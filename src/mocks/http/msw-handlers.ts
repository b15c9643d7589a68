import type { HttpHandler } from 'msw'
import { http } from 'msw'
import type { Exchange } from '../exchange/exchange.ts'
import type { Door, DoorRequest } from './door.ts'
import { doorFinder } from './door-finder.ts'
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
  const { handlerOf, unknown } = handlersBelow(baseUrl, exchange)
  return [...doors.map(handlerOf), unknown]
}

/**
 * Chooses the MSW handlers that a request may be for, each made when it is first needed: MSW itself asks one
 * after the other, each of which reads address and cookies anew, and to make them all takes longer than a
 * short scenario. Which of them answers, and how, is MSW's business all the same.
 */
export function handlerChooser(
  doors: readonly Door[],
  exchange: Exchange,
  baseUrl?: string,
): (request: Request) => readonly HttpHandler[] {
  const { basePath, handlerOf, unknown } = handlersBelow(baseUrl, exchange)
  const find = doorFinder(doors, exchange.settings)
  const made = new Map<Door, HttpHandler>()
  const madeFor = (door: Door): HttpHandler => {
    const handler = made.get(door) ?? handlerOf(door)
    made.set(door, handler)
    return handler
  }
  return ({ method, url }) => {
    const found = find(method, new URL(url).pathname.slice(basePath.length))
    return [...(found ? [found.door] : doors).map(madeFor), unknown]
  }
}

function handlersBelow(baseUrl: string | undefined, exchange: Exchange) {
  const base = (baseUrl ?? '*').replace(/\/$/, '')
  const basePath = baseUrl === undefined ? '' : new URL(base).pathname.replace(/\/$/, '')
  const handlerOf = (door: Door): HttpHandler =>
    http[mswMethods[door.method]](
      base + door.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      async ({ request, params }) => {
        const delivery = door.handle(await toDoorRequest(request, params, basePath))
        return toResponse(delivery, exchange.clock, request.signal)
      },
    )
  const unknown = http.all(`${base}/v2/*`, ({ request }) => {
    const detail = `There is no ${request.method} ${new URL(request.url).pathname}.`
    const refusal = { reason: 'unknown-path', detail } as const
    const answer = wireAnswer(errorAnswer(refusal, exchange.settings), request)
    return toResponse({ answer }, exchange.clock, request.signal)
  })
  return { basePath, handlerOf, unknown }
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
