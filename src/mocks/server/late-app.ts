import type { RequestListener } from 'node:http'
import type { ControlApp } from './control-app.ts'

/**
 * An app that is opened by the first request that needs it: whoever starts the server, and a client of
 * the API alone, wait for none of it.
 */
export class LateApp {
  readonly #open: () => Promise<ControlApp>
  readonly #failed: (error: unknown, ...request: Parameters<RequestListener>) => void
  #app: Promise<ControlApp> | undefined

  /** @param failed - Told what request could not be handed on, and why. */
  constructor(
    open: () => Promise<ControlApp>,
    failed: (error: unknown, ...request: Parameters<RequestListener>) => void,
  ) {
    this.#open = open
    this.#failed = failed
  }

  readonly listener: RequestListener = (request, response) => {
    const app = this.#app ?? this.#open()
    this.#app = app
    app.then(
      ({ listener }) => listener(request, response),
      (error: unknown) => {
        // What kept it from opening may be over by the next request.
        if (this.#app === app) this.#app = undefined
        this.#failed(error, request, response)
      },
    )
  }

  async close(): Promise<void> {
    const app = await this.#app?.catch(() => undefined)
    await app?.close()
  }
}
