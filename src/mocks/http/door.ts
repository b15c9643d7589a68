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
  /** What a signature covers, exactly as sent; made up from the above where it is absent. */
  readonly wire?: {
    /** Path and query, the path of the base URL included, percent-encoding and all. */
    readonly target: string
    readonly body: Uint8Array
  }
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

/** What a gateway answers where the doors do not: it knows neither the error object nor request ids. */
export interface GatewayAnswer {
  readonly status: number
  /** The body, a page in HTML. */
  readonly page: string
}

/** What reaches the client; for `no answer` the transport cuts the connection. */
export type Reply = DoorAnswer | GatewayAnswer | 'no answer'

/** One row of the endpoint table. */
export interface Row<R extends Reply = DoorAnswer> {
  readonly operation: Operation
  readonly method: Method
  /** Below the base URL; `{name}` marks a path parameter. */
  readonly path: string
  readonly handle: (request: DoorRequest) => R
}

/** A row as a transport mounts it, with whatever disturbs it on the way. */
export type Door = Row<Reply>
