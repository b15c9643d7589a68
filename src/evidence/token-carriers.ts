import type { Exchange } from './exchange.ts'

/**
 * Where a token can come in; the names are those of setting 7.
 *
 * @see Fact sheet 1.2 [seed, reference; inferred: the plain header].
 */
export type TokenCarrier = 'header' | 'cookieDomain' | 'cookieHost'

/** Where an answer carries a token, each carrier once, in the order of the setting. */
export function tokenCarriers({ response }: Exchange): readonly TokenCarrier[] {
  const headers = response?.headers ?? []
  const cookies = headers
    .filter(
      ({ name, value }) => /^set-cookie$/i.test(name) && /^\s*SSO_TOKEN\s*=\s*[^;\s]/.test(value),
    )
    .map(({ value }) => value)
  const isForDomain = (cookie: string) => /;\s*domain\s*=/i.test(cookie)
  return [
    ...(headers.some(({ name, value }) => /^sso_token$/i.test(name) && value.trim() !== '')
      ? (['header'] as const)
      : []),
    ...(cookies.some(isForDomain) ? (['cookieDomain'] as const) : []),
    ...(cookies.some((cookie) => !isForDomain(cookie)) ? (['cookieHost'] as const) : []),
  ]
}
