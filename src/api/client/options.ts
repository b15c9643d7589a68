import type { Clock } from '../clock.ts'
import type { Fetch } from '../fetch.ts'
import type { SecretEncoding } from './hmac-signature.ts'
import type { Session } from './session.ts'
import type { TokenTransport } from './token.ts'

/** Who logs in. Fact sheet 1.1 [reference]. */
export interface Credentials {
  readonly user: string
  readonly password: string
  readonly org: string
}

/** Who signs. Both are issued at set-up. Fact sheet 1.5 [reference]. */
export interface HmacCredentials {
  /** Printable ASCII without `"` and `\`, not empty: the grammar carries nothing else. */
  readonly userId: string
  /** Not empty. It never travels. */
  readonly secret: string
  /** How the secret is written. Default `utf-8`: its characters are the key. Fact sheet 6, row 12. */
  readonly secretEncoding?: SecretEncoding
}

export interface ClientOptions {
  /** http or https, without query, fragment or credentials; paths are appended to it. */
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly credentials: Credentials
  /**
   * Signs every request that needs a session, in place of passing a token: there is no session then,
   * and only `login` sends the credentials above. Default: tokens.
   */
  readonly hmac?: HmacCredentials
  /** Default `header`. */
  readonly tokenTransport?: TokenTransport
  /**
   * Whether the token is renewed before it expires, and replaced when it is answered with 401. Default
   * true. Without it a token, once had, is sent as it is until `login`, `renew` or `forgetSession`.
   */
  readonly autoRenew?: boolean
  /**
   * How long before its expiry a token is renewed, in milliseconds, 0 or more; default 10 000. Never
   * more than a third of the token's life, so that a short one is not renewed before every call. It
   * has to cover the way of a request to the server.
   */
  readonly renewAheadMs?: number
  /** A session to share with other clients of the same login. Default: one of its own. */
  readonly session?: Session
  /** Makes each `X-Request-ID`. Default: random UUIDs. */
  readonly newRequestId?: () => string
  /** Path template of the query by client id. Default `/v2/orders?coId={coId}`; fact sheet 2.6 [inferred]. */
  readonly queryByClientPath?: string
}

/** What to send, as it is: nothing here is checked against the contract. */
export interface CallInput {
  /** Path parameters by name, not empty. */
  readonly params?: Readonly<Record<string, string>>
  /** Query parameters, written as text; `undefined` ones are left out. */
  readonly query?: Readonly<Record<string, unknown>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent to the letter, in place of `body`. */
  readonly rawBody?: string
  /** Default `application/json` where there is a body. */
  readonly contentType?: string
  /**
   * A token to send to the letter; `null` sends none. With either, nothing is signed. Absent: the token
   * of the session, or a signature.
   */
  readonly token?: string | null
}
