import type { Dispatcher } from 'undici'
import type { Fetch } from '../../api/fetch.ts'
import {
  connectToServer,
  type ServerControl,
} from '../../mocks/server/control/connect-to-server.ts'
import { createEndpointDispatcher } from '../endpoint/dispatcher.ts'
import { endpointFetch } from '../endpoint/endpoint-fetch.ts'
import { parseEndpointSettings } from '../endpoint/endpoint-settings.ts'
import { isLoopbackHost } from '../endpoint/loopback.ts'
import { NotVerifiedError } from '../not-verified-error.ts'

/** The server is in the same machine and waits for nobody: what takes longer, in ms, has gone wrong. */
const WITHIN_MS = 60_000

const settings = parseEndpointSettings({
  'connect.withinMs': WITHIN_MS,
  'headers.withinMs': WITHIN_MS,
  'body.withinMs': WITHIN_MS,
})

/**
 * The connections of one scenario to the server that the run has started. It is the only origin that
 * they lead to.
 *
 * Where a call gets no answer, the server is asked whether it is there: a staged fault leaves it
 * running, and shows something; a server that is gone shows nothing.
 */
export class ServerLink {
  readonly #dispatcher: Dispatcher
  readonly #wire: Fetch
  /** The control API. Calls reject with a `NotVerifiedError` where the server is gone. */
  readonly control: ServerControl
  #lost: string | undefined

  /**
   * @param origin - `http://127.0.0.1:8080`.
   * @throws {TypeError} It leads to another machine.
   */
  constructor(origin: string) {
    if (!isLoopbackHost(new URL(origin).hostname))
      throw new TypeError(`Failed to reach the served simulation: ${origin} is not this machine.`)
    const address = { baseUrl: origin, isLoopback: true, settings }
    this.#dispatcher = createEndpointDispatcher(address)
    this.#wire = endpointFetch(address, this.#dispatcher)
    this.control = connectToServer({ origin, fetch: (request) => this.#askServer(request) })
  }

  /** Why nothing can be had of the server any more; `undefined` while it answers. */
  get lost(): string | undefined {
    return this.#lost
  }

  /** Fails as any `fetch` does where there is no answer; whether the server is gone is known by then. */
  readonly fetch: Fetch = async (request) => {
    try {
      return await this.#wire(request)
    } catch (error) {
      await this.control.health().catch(() => {})
      throw error
    }
  }

  close(): Promise<void> {
    return this.#dispatcher.destroy()
  }

  /** Nothing disturbs the control API, so that no answer means no server. */
  async #askServer(request: Request): Promise<Response> {
    if (this.#lost !== undefined) throw new NotVerifiedError(this.#lost)
    try {
      return await this.#wire(request)
    } catch (error) {
      this.#lost = `the server that the run had started does not answer any more (${codeOf(error)})`
      throw new NotVerifiedError(this.#lost)
    }
  }
}

/** What became of the connection, e.g. ECONNREFUSED. */
function codeOf(error: unknown): string {
  const { code, name } = Object(error) as { readonly code?: unknown; readonly name?: unknown }
  return String(code ?? name ?? error)
}
