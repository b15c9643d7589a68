import type { Operation } from '../../api/contract/endpoints.ts'
import type { JournalledCall } from './journal.ts'

/** Stands in no header, address, or name of ours. Bodies, which may hold it, come last, by their lengths. */
const NUL = '\0'

/** How many fields stand before the headers. */
const FIELDS = 14

/**
 * A call of the journal as text, and back. JSON would do, at four times the cost, which every call of the
 * API would have to bear: bodies are JSON themselves, and all their quotes would be escaped.
 */
export function textOfCall(call: JournalledCall): string {
  const { answer, rawHeaders, body } = call
  const headers = answer?.headers ?? []
  let answered = ''
  for (const [name, value] of headers) answered += `${NUL}${name}${NUL}${value}`
  const sent = rawHeaders.length === 0 ? '' : NUL + rawHeaders.join(NUL)
  return (
    `${call.number}${NUL}${call.at}${NUL}${call.receivedAt}${NUL}${call.doneAt}${NUL}${call.answeredAt}` +
    `${NUL}${call.operation ?? ''}${NUL}${call.method}${NUL}${call.target}` +
    `${NUL}${call.fault ?? ''}${NUL}${signOf(call.tookEffect)}${signOf(call.delivered)}` +
    `${NUL}${answer ? answer.status : ''}${answer && answer.text === undefined ? ' ' : ''}` +
    `${NUL}${call.bodyLength}${NUL}${rawHeaders.length} ${headers.length}${NUL}${body.length}` +
    `${sent}${answered}${NUL}${body}${answer?.text ?? ''}`
  )
}

export function callOfText(text: string): JournalledCall {
  let at = 0
  const next = (): string => {
    const end = text.indexOf(NUL, at)
    const field = text.slice(at, end)
    at = end + 1
    return field
  }
  const fields = Array.from({ length: FIELDS }, next)
  const [number, when, receivedAt, doneAt, answeredAt, operation, method, target] = fields
  const [fault, signs = '', status = '', bodyLength, counts = '', kept] = fields.slice(8)
  const [raw = 0, answered = 0] = counts.split(' ').map(Number)
  const rawHeaders = Array.from({ length: raw }, next)
  const headers = Array.from({ length: answered }, () => [next(), next()] as const)
  const body = text.slice(at, at + Number(kept))
  return {
    kind: 'call',
    number: Number(number),
    at: Number(when),
    receivedAt: Number(receivedAt),
    // What was written here was one.
    operation: (operation || undefined) as Operation | undefined,
    method: method ?? '',
    target: target ?? '',
    rawHeaders,
    body,
    bodyLength: Number(bodyLength),
    fault: fault || undefined,
    tookEffect: meaningOf(signs[0]),
    answer: answerOf(status, headers, text.slice(at + body.length)),
    delivered: meaningOf(signs[1]),
    doneAt: Number(doneAt),
    answeredAt: Number(answeredAt),
  }
}

function answerOf(
  status: string,
  headers: NonNullable<JournalledCall['answer']>['headers'],
  text: string,
): JournalledCall['answer'] {
  if (status === '') return undefined
  return { status: Number(status), headers, text: status.endsWith(' ') ? undefined : text }
}

function signOf(value: boolean | undefined): string {
  if (value === undefined) return '?'
  return value ? '+' : '-'
}

function meaningOf(sign: string | undefined): boolean | undefined {
  return sign === '?' ? undefined : sign === '+'
}
