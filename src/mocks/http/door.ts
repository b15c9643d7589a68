import type { Method, Operation } from '../../api/contract/endpoints.ts'

/** Headers as the doors read them; `Headers` is one. Names are in any case; small letters are found soonest. */
export interface RequestHeaders {
  get(name: string): string | null
}

/** A request as the doors see it, whatever transport it came by. */
export interface DoorRequest {
  readonly method: string
  /** Below the base URL. */
  readonly pathname: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly headers: RequestHeaders
  /** The body as received; empty where there was none. */
  readonly body: string
  /** What a signature covers, exactly as sent; made up from the above where it is absent. */
  readonly wire?: {
    /** Path and query, the path of the base URL included, percent-encoding and all. */
    readonly target: string
    readonly body: Uint8Array
  }
}

type HeaderList = readonly (readonly [name: string, value: string])[]

/** An answer as the endpoint table gives it. */
export interface DoorAnswer {
  readonly status: number
  readonly headers?: HeaderList
  /** Sent as JSON; `undefined` sends no body. */
  readonly body?: unknown
  /** Told once whether the answer got through to the client. */
  readonly settle?: (delivered: boolean) => void
  /** Has the trades of this answer, which has some, handed out once more by the next download. */
  readonly handOutAgain?: () => void
}

/** One row of the endpoint table. */
export interface Row {
  readonly operation: Operation
  readonly method: Method
  /** Below the base URL; `{name}` marks a path parameter. */
  readonly path: string
  readonly handle: (request: DoorRequest) => DoorAnswer
}

/** An answer as it goes out: every header and every character of it. */
export interface WireAnswer {
  readonly status: number
  /** All of them, the content type included where there is a body. */
  readonly headers: HeaderList
  /** `undefined` where there is no body. */
  readonly text: string | undefined
}

/**
 * What becomes of a call: an answer, or none, and how it reaches the client. A transport carries it out
 * and decides nothing.
 */
export interface Delivery {
  /** For `cut` the transport cuts the connection, and there is no answer. */
  readonly answer: WireAnswer | 'cut'
  /** The kinds of faults that disturbed the call, joined by `, `; absent where none did. */
  readonly fault?: string
  /** Whether the call did its work all the same: it was neither kept from it nor refused. As `fault`. */
  readonly tookEffect?: boolean
  /** So many milliseconds of the exchange's clock pass before the answer begins, or the cut comes. */
  readonly delayMs?: number
  /** The connection breaks off after so many bytes of the body, which has more. */
  readonly breakOffAfter?: number
  /** The body comes in pieces of so many bytes, 1 or more, each so many milliseconds after the last. */
  readonly trickle?: { readonly bytes: number; readonly everyMs: number }
  /** To be told once whether the answer got through to the client: whole, and before it went away. */
  readonly settle?: (delivered: boolean) => void
  /** For an answer that is not to go out at all: the next download hands out the trades that are in it. */
  readonly takeBack?: () => void
}

/** A row as a transport mounts it, with whatever disturbs it on the way. */
export interface Door extends Omit<Row, 'handle'> {
  readonly handle: (request: DoorRequest) => Delivery
}
