import { cancel } from './cancelling.ts'
import { spotRate, spotRates } from './market.ts'
import { place } from './placing.ts'
import { queryByClient, queryById } from './queries.ts'
import { empty, failure, gatewayError, type Reply, silence } from './replies.ts'
import type { ApiRequest } from './requests.ts'
import { authenticate, login, renew } from './sessions.ts'
import { nth, type State } from './state.ts'
import { download, resend } from './trades.ts'

interface Route {
  readonly method: string
  /** Its groups are the variable parts of the path. */
  readonly path: RegExp
  readonly handle: (state: State, request: ApiRequest) => Reply
  /** `open`: needs no token. `safe`: changes nothing, so a gateway may fail before it. */
  readonly is?: 'open' | 'safe'
}

const routes: readonly Route[] = [
  { method: 'POST', path: /^\/v2\/sso\/login$/, handle: login, is: 'open' },
  { method: 'GET', path: /^\/v2\/sso\/token\/renew$/, handle: renew, is: 'open' },
  { method: 'GET', path: /^\/v2\/rates\/spot$/, handle: spotRate, is: 'safe' },
  {
    method: 'GET',
    path: /^\/v2\/rates\/spot\/([^/]+)(?:\/[^/]+)?$/,
    handle: spotRates,
    is: 'safe',
  },
  { method: 'POST', path: /^\/v2\/orders$/, handle: place },
  { method: 'GET', path: /^\/v2\/orders$/, handle: queryByClient, is: 'safe' },
  { method: 'GET', path: /^\/v2\/orders\/([^/]+)$/, handle: queryById, is: 'safe' },
  { method: 'DELETE', path: /^\/v2\/orders\/([^/]+)$/, handle: cancel },
  { method: 'GET', path: /^\/v2\/trades\/stp\/messages$/, handle: download },
  { method: 'POST', path: /^\/v2\/trades\/stp\/resend$/, handle: resend },
]

function redirect({ flags }: State, path: string): Reply | undefined {
  return flags.redirectTo !== '' && path.startsWith('/v2/rates/')
    ? empty(302, { Location: flags.redirectTo })
    : undefined
}

function answer(state: State, route: Route, request: ApiRequest): Reply {
  const refused = route.is === 'open' ? undefined : authenticate(state, request)
  if (refused !== undefined) return refused
  const every = state.flags.gatewayErrors
  if (route.is === 'safe' && every > 0 && nth(state, 'safe request') % every === 0)
    return gatewayError()
  return route.handle(state, request)
}

/** What the API says to `request`, whose path is `path`. */
export function replyTo(state: State, path: string, request: Omit<ApiRequest, 'parts'>): Reply {
  if (state.flags.hang === 'all') return silence
  const there = routes.filter((each) => each.path.test(path))
  const route = there.find(({ method }) => method === request.method)
  if (route === undefined)
    return failure(there.length > 0 ? 405 : 404, 'NOT_FOUND', 'There is no such resource.')
  const [, ...groups] = route.path.exec(path) ?? []
  return redirect(state, path) ?? answer(state, route, { ...request, parts: groups })
}
