import { type ApiRequest, objectIn } from './requests.ts'
import { tokenIn } from './sessions.ts'
import type { State } from './state.ts'

type Asking = Pick<ApiRequest, 'headers' | 'body'>

/** The organisation that a request is about: who signs in, signs, or carries a token; else the first. */
export function stateFor(state: State, request: Asking): State {
  return [state, ...state.further].find((each) => speaksFor(each, request)) ?? state
}

/** `user@org` of whoever asks; null where nobody is to be seen. */
export function askerOf(state: State, request: Asking): string | null {
  const { user, org } = state.flags.credentials
  return speaksFor(state, request) ? `${user}@${org}` : null
}

function speaksFor(state: State, request: Asking): boolean {
  const { user, org } = state.flags.credentials
  const named = objectIn(request)
  if (named?.pass !== undefined) return named.user === user && named.org === org
  const signed = /username="([^"]*)"/.exec(request.headers.authorization ?? '')?.[1]
  if (signed !== undefined) return signed === user
  const token = tokenIn(state, request)
  return token !== '' && state.sessions.some((session) => session.token === token)
}
