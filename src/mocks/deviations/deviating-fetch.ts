import { parseJson } from '../../api/client/shape.ts'
import type { OperationMatcherOptions } from '../../api/contract/operation-matcher.ts'
import { type OperationMatcher, operationMatcher } from '../../api/contract/operation-matcher.ts'
import type { Fetch } from '../../api/fetch.ts'
import type { Answer, Call, Deviation, Fields } from './deviation.ts'
import { OrderMemory } from './order-memory.ts'

/** Names the deviation in every answer that is not the simulation's own. */
export const DEVIATION_HEADER = 'X-Simulation-Deviation'

export interface DeviatingFetchOptions extends OperationMatcherOptions {
  readonly now: () => number
}

/** The simulation behind `fetch`, with one wrong behaviour that begins here. */
export function deviatingFetch(
  fetch: Fetch,
  deviation: Deviation,
  options: DeviatingFetchOptions,
): Fetch {
  const matches = operationMatcher(options)
  const memory = new OrderMemory(options.now)
  const deviating = deviation.begin({ now: options.now, orders: memory.orders })
  return async (request) => {
    const call = await readCall(request.clone(), matches)
    const instead = deviating.instead?.(call)
    if (instead) {
      memory.tell(call, instead)
      return responseOf(instead, deviation)
    }
    const response = await fetch(request)
    const answer = await readAnswer(response.clone())
    memory.learn(call, answer)
    const told = deviating.alter?.(call, answer) ?? answer
    memory.tell(call, told)
    return told === answer ? response : responseOf(told, deviation)
  }
}

async function readCall(request: Request, matches: OperationMatcher): Promise<Call> {
  const { method, headers } = request
  const matched = matches(method, request.url)
  const parsed = parseJson(await request.text())
  return {
    operation: matched?.operation,
    params: matched?.params ?? {},
    ...{ method, headers, url: new URL(request.url) },
    sent: parsed.ok && isFields(parsed.value) ? parsed.value : undefined,
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const parsed = parseJson(text)
  const body = parsed.ok ? parsed.value : text
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : body,
  }
}

function responseOf({ status, headers, body }: Answer, { id }: Deviation): Response {
  const stamped = new Headers(headers)
  stamped.set(DEVIATION_HEADER, id)
  stamped.delete('Content-Length')
  if (body === undefined) return new Response(null, { status, headers: stamped })
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: stamped })
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
