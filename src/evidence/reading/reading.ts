import { parseJson } from '../../api/client/shape.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { OperationMatcher } from '../../api/contract/operation-matcher.ts'
import type { Exchange } from '../exchange.ts'

/** The fields of a JSON object, whatever they hold. */
export type Fields = Readonly<Record<string, unknown>>

/** An exchange with what a judge reads off it. */
export interface Reading {
  readonly exchange: Exchange
  readonly number: number
  /** Absent where the request is no endpoint of the contract. */
  readonly operation: Operation | undefined
  /** The parts of the address that the endpoint names; `coId` for a query by client id. */
  readonly params: Readonly<Record<string, string>>
  /** The request body, where it is a JSON object. */
  readonly sent: Fields | undefined
  /** The HTTP code; absent where there was no answer. */
  readonly status: number | undefined
  /** Whether the answer came in whole. */
  readonly isWhole: boolean
  /** A 2xx that came in whole. */
  readonly isSuccess: boolean
  /** The body of the answer as text; empty where there was none. */
  readonly raw: string
  /** The body of the answer as JSON; `undefined` where it is none. */
  readonly body: unknown
  /** When the answer had come in, in epoch milliseconds of the backend's clock. */
  readonly doneAt: number
}

/** @param exchange - With its bodies whole: what was cut could not be judged. */
export function readExchange(exchange: Exchange, matches: OperationMatcher): Reading {
  const { number, request, response, error, at, tookMs } = exchange
  const matched = matches(request.method, request.url)
  const sent = json(request.body ?? '')
  const status = response?.status
  const isWhole = response !== undefined && error === undefined
  const raw = response?.body ?? ''
  return {
    exchange,
    number,
    operation: matched?.operation,
    params: matched?.params ?? {},
    sent: isFields(sent) ? sent : undefined,
    status,
    isWhole,
    isSuccess: isWhole && status !== undefined && status >= 200 && status < 300,
    raw,
    body: json(raw),
    doneAt: at + tookMs,
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a body: its own, or those of the list it is. */
export function elementsOf(body: unknown): readonly Fields[] {
  return [body].flat().filter(isFields)
}

/** An id as text. Numbers are taken where an id is one: it must be seen, not dropped. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function json(text: string): unknown {
  const parsed = parseJson(text)
  return parsed.ok ? parsed.value : undefined
}
