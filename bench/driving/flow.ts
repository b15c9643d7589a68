import type { Operation } from '../../src/api/contract/endpoints.ts'
import type { Answer } from './answer.ts'
import type { Ledger } from './ledger.ts'

/** A call of the flow, for whatever carries it out. */
export interface Call {
  readonly operation: Operation
  readonly method: 'GET' | 'POST'
  readonly pathname: string
  /** With its question mark; empty where there is none. */
  readonly search: string
  /** The path's parameter. */
  readonly id?: string
  readonly body?: string
}

/** Yields calls, is given their answers. */
export type Conversation<Result = void> = Generator<Call, Result, Answer>

const SIZE = 100_000

export const rateCall: Call = {
  operation: 'spotRate',
  method: 'GET',
  pathname: '/v2/rates/spot',
  search: '?symbol=EUR%2FUSD',
}
export const downloadCall: Call = {
  operation: 'downloadTrades',
  method: 'GET',
  pathname: '/v2/trades/stp/messages',
  search: '',
}

export function loginCall(user: string, org: string): Call {
  const body = JSON.stringify({ user, pass: 'bench', org })
  return { operation: 'login', method: 'POST', pathname: '/v2/sso/login', search: '', body }
}

/** Places a previously quoted order on a rate, whose price is given as it stood in the answer. */
export function placeCall(coId: string, rateId: string, price: string): Call {
  const body = `{"coId":"${coId}","type":"PQ","side":"Buy","symbol":"EUR/USD","currency":"EUR","size":${SIZE},"price":${price},"rateId":"${rateId}","timeInForce":"FOK"}`
  return { operation: 'placeOrder', method: 'POST', pathname: '/v2/orders', search: '', body }
}

export function queryCall(id: string): Call {
  return { operation: 'queryOrder', method: 'GET', pathname: `/v2/orders/${id}`, search: '', id }
}

/**
 * The full flow: rate, place, query, query, download. Every answer is looked into, by means that cost
 * next to nothing; with a ledger the downloads must bring the trade of every order, and no other.
 *
 * @param ledger - Absent where the answers are constant.
 * @throws {Error} An answer that is not what it must be.
 */
export function* flow(coId: string, ledger?: Ledger): Conversation {
  const rate = yield rateCall
  expect(rate, 200, '"rateId":"')
  const placed = yield placeCall(coId, textOf(rate, 'rateId'), numberOf(rate, 'offer'))
  expect(placed, ledger ? 202 : 200, ledger ? coId : '"orderId":"')
  const orderId = textOf(placed, 'orderId')
  ledger?.place(orderId)
  const query = queryCall(orderId)
  expect(yield query, 200, orderId)
  expect(yield query, 200, '"status":"FILLED"')
  noteTrades(yield downloadCall, ledger)
}

/**
 * Notes the trades of a download.
 *
 * @returns How many there were.
 */
export function noteTrades(answer: Answer, ledger?: Ledger): number {
  expect(answer, 200, ledger ? '[' : '{')
  const { body } = answer
  const mark = '"orderId":"'
  let count = 0
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + 1)) {
    ledger?.download(body.slice(at + mark.length, body.indexOf('"', at + mark.length)))
    count++
  }
  return count
}

/** @throws {Error} Another status, or a body without the part. */
export function expect({ status, body }: Answer, wanted: number, part: string): void {
  if (status === wanted && body.includes(part)) return
  throw new Error(
    `A request of the flow was answered ${status} ${body.slice(0, 300)}, not ${wanted} with ${part}.`,
  )
}

export const textOf = ({ body }: Answer, name: string): string => cut(body, `"${name}":"`, '"')
export const numberOf = ({ body }: Answer, name: string): string => cut(body, `"${name}":`, ',')

function cut(body: string, before: string, after: string): string {
  const start = body.indexOf(before) + before.length
  const end = body.indexOf(after, start)
  if (start < before.length || end < 0) {
    throw new Error(`An answer of the flow has no ${before}: ${body.slice(0, 300)}`)
  }
  return body.slice(start, end)
}
