import type { Method, Operation } from '../../api/contract/endpoints.ts'

/** A request as the doors see it, whatever transport it came by. */
export interface DoorRequest {
  readonly method: string
  /** Below the base URL. */
  readonly pathname: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly headers: Headers
  /** The body as received; empty where there was none. */
  readonly body: string
}

/** An answer before a transport makes it one. */
export interface DoorAnswer {
  readonly status: number
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** Sent as JSON; `undefined` sends no body. */
  readonly body?: unknown
  /** Told once whether the answer got through to the client. */
  readonly settle?: (delivered: boolean) => void
}

/** One row of the endpoint table. */
export interface Row {
  readonly operation: Operation
  readonly method: Method
  /** Below the base URL; `{name}` marks a path parameter. */
  readonly path: string
  readonly handle: (request: DoorRequest) => DoorAnswer
}
