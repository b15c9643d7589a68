import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Clock } from '../../api/clock.ts'
import { type CallLine, shownPath } from './call-line.ts'

/** The organisation in an address of the control API. */
const ORGANISATION = /^\/_simulation\/organisations\/([^/?]+)/

/**
 * Logs the requests that no door has answered: those of the control API, and those that are refused
 * before it is known whose they are.
 */
export class CallLog {
  readonly #log: (line: CallLine) => void
  readonly #host: Clock
  readonly #calls = new WeakSet<ServerResponse>()

  constructor(log: (line: CallLine) => void, host: Clock) {
    this.#log = log
    this.#host = host
  }

  /** A door answers it, or fails to: whoever calls logs it where it does. */
  isCall(response: ServerResponse, is: boolean): void {
    if (is) this.#calls.add(response)
    else this.#calls.delete(response)
  }

  /** A request was refused of which nothing is known. */
  refused(status: number): void {
    const at = new Date(this.#host.now()).toISOString()
    this.#log({ at, organisation: '', method: '', path: '', status, tookMs: 0 })
  }

  watch(server: Server): void {
    const begun = (request: IncomingMessage, response: ServerResponse) => {
      const startedAt = this.#host.now()
      response.once('close', () => {
        if (!this.#calls.has(response)) this.#log(this.#lineOf(request, response, startedAt))
      })
    }
    for (const event of ['request', 'checkContinue', 'checkExpectation'])
      server.prependListener(event, begun)
  }

  #lineOf({ method = '', url = '' }: IncomingMessage, response: ServerResponse, startedAt: number) {
    return {
      at: new Date(startedAt).toISOString(),
      organisation: organisationIn(url),
      method,
      path: shownPath(url.split('?', 1)[0] ?? ''),
      status: response.headersSent ? response.statusCode : 'cut',
      delivered: response.writableFinished,
      tookMs: this.#host.now() - startedAt,
    } satisfies CallLine
  }
}

function organisationIn(url: string): string {
  const [, name = ''] = ORGANISATION.exec(url) ?? []
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
