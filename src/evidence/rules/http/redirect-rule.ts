import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { mayLackSession } from './session-doubt.ts'

/** No page speaks of redirects. Who has no session may be led to where one is had (setting 8). */
const LOGIN_PAGE = /log-?in|sign-?in|sso|auth|saml/i

export const redirectRule: Rule = {
  id: 'http.no-redirect',
  family: 'HTTP',
  sentence: 'Where no session is wanting, no request is redirected to another address.',
  source: { section: '3', mark: 'inferred' },
  code: 'request-redirected',
  check: (matter) => resultOf(matter.made.map((reading) => sightOf(reading, matter))),
}

function sightOf(reading: Reading, matter: Matter): Sight {
  const { operation, status = 0, isSuccess, number, params } = reading
  if (operation === undefined) return undefined
  if (isSuccess) return 'held'
  if (status < 300 || status >= 400) return undefined
  if (operation !== 'login' && leadsToLogin(reading) && mayLackSession(reading, matter)) {
    return undefined
  }
  const orderId = params.id ?? params.orderId ?? ''
  const detail = `answered with ${status}; a redirect is never followed`
  return { orderId, detail, exchanges: [number] }
}

function leadsToLogin({ exchange }: Reading): boolean {
  const headers = exchange.response?.headers ?? []
  const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value
  return location === undefined || LOGIN_PAGE.test(location)
}
