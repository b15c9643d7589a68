import { type ClientQueryPath, parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { DoorRequest } from './door.ts'
import { hmacAuthentication } from './hmac-authentication.ts'
import { isSigned } from './hmac-credentials.ts'
import { readToken } from './token-carriers.ts'

/** A user as faults name one; both where both are given. */
export interface Caller {
  readonly user?: string | undefined
  readonly org?: string | undefined
}

/** What faults match a call by. Finding it out changes nothing at the exchange. */
export interface Call {
  readonly operation: Operation
  /** The client id of the order that the call is about, if it is about one that is known. */
  readonly coId: string | undefined
  /** The token that counts for the call; a signature stands above it. */
  readonly token: string | undefined
  /**
   * Whether that is who calls: by what a login says, whether it is right or not; by a token, whether it
   * still lives or not; or by a signature that is right.
   */
  isBy(caller: Caller): boolean
}

/** Makes a call of a request. What matching needs of it is read when it is asked for. */
export type CallReader = (operation: Operation, request: DoorRequest) => Call

export function callReader(exchange: Exchange): CallReader {
  const clientQuery = parseClientQueryPath(exchange.settings['paths.queryByClient'])
  const means = { exchange, clientQuery, bySignature: hmacAuthentication(exchange) }
  return (operation, request) => new ReadCall(operation, request, means)
}

interface Means {
  readonly exchange: Exchange
  readonly clientQuery: ClientQueryPath
  readonly bySignature: ReturnType<typeof hmacAuthentication>
}

class ReadCall implements Call {
  readonly operation: Operation
  readonly #request: DoorRequest
  readonly #means: Means
  #body: { readonly read: Readonly<Record<string, unknown>> } | undefined

  constructor(operation: Operation, request: DoorRequest, means: Means) {
    this.operation = operation
    this.#request = request
    this.#means = means
  }

  get coId(): string | undefined {
    const { pathname, query, params } = this.#request
    const { exchange, clientQuery } = this.#means
    const { desk } = exchange
    switch (this.operation) {
      case 'placeOrder':
        return text(this.#fields.coId)
      case 'queryOrders': {
        const asked = clientQuery.match({ pathname, search: query.toString() })
        return asked?.kind === 'one' ? asked.coId : desk.coIdOf(params.coId ?? '')
      }
      default:
        return desk.coIdOf(params.orderId ?? params.id ?? '')
    }
  }

  get token(): string | undefined {
    return this.#isSigned ? undefined : readToken(this.#request, this.#means.exchange.settings)
  }

  isBy({ user, org }: Caller): boolean {
    const is = (caller: { readonly name: unknown; readonly org: unknown }) =>
      (user ?? caller.name) === caller.name && (org ?? caller.org) === caller.org
    if (this.operation === 'login') return is({ name: this.#fields.user, org: this.#fields.org })
    if (this.#isSigned) {
      const signer = this.#means.bySignature(this.#request)
      return signer.ok && is(signer.value)
    }
    const holder = this.#means.exchange.sessions.holder(this.token)
    return holder !== undefined && is(holder)
  }

  get #isSigned(): boolean {
    const method = this.#means.exchange.settings['auth.method']
    return method !== 'token' && isSigned(this.#request.headers)
  }

  get #fields(): Readonly<Record<string, unknown>> {
    this.#body ??= { read: fieldsOf(this.#request.body) }
    return this.#body.read
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(body)
    return typeof read === 'object' && read !== null ? Object.fromEntries(Object.entries(read)) : {}
  } catch {
    return {}
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
