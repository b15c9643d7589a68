import { syncBuiltinESMExports } from 'node:module'
import { inspect } from 'node:util'
import type { HttpHandler, UnhandledFrameHandle } from 'msw'
import { HttpNetworkFrame } from 'msw/experimental'
import { setupServer } from 'msw/node'

/**
 * The one MSW server of this process. All of MSW's servers share one source of requests, so that a
 * second one that listens takes them from the first, and one that closes leaves none to the others.
 */
const server = setupServer()
const mounted = new Map<string, readonly HttpHandler[]>()

/**
 * Answers what this process sends below `baseUrl`; what it sends anywhere else fails.
 *
 * Seen are the global `fetch`, `node:http`, `node:https` and whatever builds on them; `node:http2` and
 * undici's own `fetch` and `request` are not. MSW alone would not see `import { get } from 'node:http'`
 * either: what it replaces reaches such imports only when they are synchronised.
 *
 * @throws {Error} Something answers there already.
 */
export function intercept(baseUrl: string, handlers: readonly HttpHandler[]): void {
  if (mounted.has(baseUrl)) {
    throw new Error(
      `Failed to listen at ${baseUrl}: a simulation is listening there already. Close it first, or give this one another baseUrl.`,
    )
  }
  mounted.set(baseUrl, handlers)
  remount()
  if (mounted.size > 1) return
  server.listen({ onUnhandledFrame: refuse })
  syncBuiltinESMExports()
}

/** Lets go of `baseUrl`, and of the network once nothing is left to answer; else without effect. */
export function release(baseUrl: string): void {
  if (!mounted.delete(baseUrl)) return
  remount()
  if (mounted.size > 0) return
  server.close()
  syncBuiltinESMExports()
}

function remount(): void {
  server.resetHandlers(...[...mounted.values()].flat())
}

/** Why a request got no answer, without its query and body. */
export function noAnswer(method: string, url: string): string {
  const { origin, pathname } = new URL(url)
  return `Failed to reach ${method} ${origin}${pathname}: no simulation answers there, and nothing leaves this process. Check the base URL.`
}

/**
 * Stands in for MSW's own `error` strategy, which prints the bodies of the requests it fails, a login
 * with its password among them, and lets through to the network whatever looks like an asset: paths
 * that end in `.json`, `.html`, `.txt` and the like.
 */
const refuse: UnhandledFrameHandle = ({ frame }) => {
  if (!(frame instanceof HttpNetworkFrame)) {
    return Promise.reject(new Error('Failed to connect: the simulation has no WebSocket.'))
  }
  const { method, url } = frame.data.request
  return Promise.reject(networkError(noAnswer(method, url)))
}

/**
 * MSW makes a network error of an error response alone, and of an `Error` an answer with code 500. The
 * `fetch` that fails has the response for its `cause`, so that is where the sentence is to be read.
 */
function networkError(message: string): Response {
  return Object.assign(Response.error(), { message, [inspect.custom]: () => message })
}
