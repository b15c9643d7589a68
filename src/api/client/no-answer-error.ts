import type { Method, Operation } from '../contract/endpoints.ts'

export interface Unanswered {
  readonly operation: Operation
  readonly method: Method
  /** Carries no secret: tokens and passwords travel in headers and bodies. */
  readonly url: string
  readonly requestId: string
  /** The code of the status line, where the answer broke off after it; else `undefined`. */
  readonly httpStatus: number | undefined
}

/**
 * A request that got no HTTP answer, or only a part of one: connection refused, reset, cut or timed
 * out, or bytes that are not HTTP. `cause` is what the injected `fetch` threw.
 *
 * What the request did is unknown. An order may have been placed (look it up by its client id), and
 * trades on their way may have been consumed (have them resent).
 *
 * @see Fact sheet 4.3, rule 6, and 5 "no acknowledgement endpoint" [inferred].
 */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
  readonly operation: Operation
  readonly method: Method
  readonly url: string
  readonly requestId: string
  readonly httpStatus: number | undefined

  constructor({ operation, method, url, requestId, httpStatus }: Unanswered, cause: unknown) {
    const what =
      httpStatus === undefined ? 'no HTTP answer' : `HTTP ${httpStatus}, then no complete body`
    const causes = chainOf(cause)
    causes.forEach(dropQuotedBytes)
    super(`${method} ${url} (${operation}) got ${what}${labelOf(causes)}.`, { cause })
    this.operation = operation
    this.method = method
    this.url = url
    this.requestId = requestId
    this.httpStatus = httpStatus
  }
}

function chainOf(cause: unknown): readonly Error[] {
  return cause instanceof Error ? [cause, ...chainOf(cause.cause)] : []
}

/** undici's HTTPParserError keeps the bytes it could not read, and a token may be among them. */
function dropQuotedBytes(cause: Error): void {
  if ('data' in cause) delete cause.data
}

/** The innermost code, e.g. ECONNREFUSED, else the innermost class; a text could quote anything. */
function labelOf(causes: readonly Error[]): string {
  const codes = causes.flatMap((cause) => ('code' in cause ? [cause.code] : []))
  const label = codes.findLast(isName) ?? causes.at(-1)?.name
  return isName(label) ? `: ${label}` : ''
}

function isName(label: unknown): label is string {
  return typeof label === 'string' && /^[A-Za-z]\w*$/.test(label)
}
