import type { Operation } from '../contract/endpoints.ts'

/** One departure of an answer from the contract. */
export interface ShapeProblem {
  /** Place in the body, e.g. `[0].status`; empty for the body as a whole; or `header SSO_TOKEN`. */
  readonly path: string
  readonly message: string
}

interface Answered {
  /**
   * The endpoint that answered: the one called, or, where the session it needs could not be had,
   * `login`.
   */
  readonly operation: Operation
  readonly httpStatus: number
  /** The body as received; empty where there was none. */
  readonly raw: string
  /** The `X-Request-ID` sent. Fact sheet 0, "Conventions" [reference]. */
  readonly requestId: string
  /** The `X-Request-ID` that came back, which should be the same; absent where none did. */
  readonly echoedRequestId?: string
}

/**
 * A 2xx of the documented shape. `value` keeps unknown fields. The code itself is not judged: compare
 * `httpStatus` with the contract's `success`.
 */
export interface Success<T> extends Answered {
  readonly kind: 'success'
  readonly value: T
}

/**
 * Any 4xx or 5xx, with or without a JSON body.
 *
 * `code` is the first of `errorCode` and `code` that holds a text or number, `message` the first of
 * `errorMessage`, `message` and `reason`; neither is promised.
 *
 * @see Fact sheet 3 [inferred: the field names].
 */
export interface Refusal extends Answered {
  readonly kind: 'refusal'
  readonly code?: string
  readonly message?: string
}

/**
 * HTTP, but not what the contract says: a 2xx whose body is not JSON, or JSON of another shape; a
 * login without a token; or a 3xx, which is never followed (it could lead to another host).
 */
export interface Malformed extends Answered {
  readonly kind: 'malformed'
  /** At least one. */
  readonly problems: readonly ShapeProblem[]
}

/** What a request was answered with. No answer at all is no value: `NoAnswerError` is thrown. */
export type Answer<T> = Success<T> | Refusal | Malformed
