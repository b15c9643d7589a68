import { type Dispatcher, fetch as undiciFetch } from 'undici'
import type { Fetch } from '../../src/api/fetch.ts'

/**
 * undici's `fetch` on a dispatcher of its own. It knows only its own `Request` class, so one of the
 * platform's is taken apart; the two `Response` classes have the same members.
 */
export function undiciFetchOn(dispatcher: Dispatcher): Fetch {
  return async (request) => {
    const { url, method, headers, redirect } = request
    const body = request.body && (await request.text())
    const init = { method, headers: [...headers], body, redirect, dispatcher }
    return (await undiciFetch(url, init)) as unknown as Response
  }
}
