import type { Settings } from '../exchange/settings/settings.ts'
import type { DoorRequest, RequestHeaders } from './door.ts'

const NAME = 'SSO_TOKEN'
const KEY = 'sso_token'

/** The token a request carries where the settings accept one. Fact sheet 1.3 [seed, reference]. */
export function readToken({ headers }: DoorRequest, settings: Settings): string | undefined {
  const accept = settings['auth.accept']
  const header = accept === 'cookie' ? undefined : headers.get(KEY) || undefined
  return header ?? (accept === 'header' ? undefined : cookieToken(headers))
}

/** The token a request carries, wherever it does. */
export function anyToken(headers: RequestHeaders): string | undefined {
  return headers.get(KEY) || cookieToken(headers)
}

/** The headers that hand a token out. Fact sheet 1.2 [reference; plain header: inferred]. */
export function tokenHeaders(token: string, settings: Settings): readonly [string, string][] {
  const carriers = {
    header: [NAME, token],
    cookieDomain: ['Set-Cookie', `${NAME}=${token}; Domain=.integral.com; Path=/`],
    cookieHost: ['Set-Cookie', `${NAME}=${token}; Path=/`],
  } as const
  return settings['auth.emit'].map((carrier) => [...carriers[carrier]])
}

function cookieToken(headers: RequestHeaders): string | undefined {
  const cookies = headers.get('cookie')
  if (cookies === null) return undefined
  for (const cookie of cookies.split(';')) {
    const [name = '', ...value] = cookie.split('=')
    if (name.trim() === NAME)
      return (
        value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1') || undefined
      )
  }
  return undefined
}
