import type { IncomingMessage } from 'node:http'
import type { DoorRequest, RequestHeaders } from '../http/door.ts'
import { NodeHeaders } from './node-headers.ts'

const NO_PARAMS: DoorRequest['params'] = {}

/** A request as it came in whole. Which door it is for is found out later, and said by `params`. */
export class IncomingCall implements DoorRequest {
  readonly method: string
  readonly pathname: string
  readonly headers: RequestHeaders
  readonly body: string
  readonly wire: NonNullable<DoorRequest['wire']>
  /** Path and query as sent, below the base URL. */
  readonly target: string
  readonly rawHeaders: readonly string[]
  params = NO_PARAMS
  readonly #search: string
  #query: URLSearchParams | undefined

  /** @param base - What its path stands below. */
  constructor(raw: IncomingMessage, body: Buffer, base = '') {
    const url = raw.url ?? '/'
    const target = url.slice(base.length)
    const at = target.indexOf('?')
    this.method = raw.method ?? 'GET'
    this.pathname = at < 0 ? target : target.slice(0, at)
    this.#search = at < 0 ? '' : target.slice(at + 1)
    this.headers = new NodeHeaders(raw.headers)
    this.body = body.length === 0 ? '' : body.toString('utf8')
    this.wire = { target: url, body }
    this.target = target
    this.rawHeaders = raw.rawHeaders
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.#search)
    return this.#query
  }
}
