import type { IncomingHttpHeaders } from 'node:http'
import type { RequestHeaders } from '../http/door.ts'

/** The headers of a request of Node's, as the doors read them. Of repeated ones the doors see all, joined. */
export class NodeHeaders implements RequestHeaders {
  readonly #headers: IncomingHttpHeaders

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers
  }

  get(name: string): string | null {
    const value = this.#headers[name] ?? this.#headers[name.toLowerCase()]
    if (value === undefined) return null
    return typeof value === 'string' ? value : value.join(', ')
  }
}
