const NAME = 'SSO_TOKEN'

/**
 * How the token goes along with a request.
 *
 * @see Fact sheet 1.3 [reference: header; seed: cookie value].
 */
export type TokenTransport = 'header' | 'cookie' | 'both'

/**
 * The token in the headers of a login or renewal: the plain `SSO_TOKEN` header, else the first cookie
 * of that name that has a value, whatever its domain. `undefined` where there is neither.
 *
 * @see Fact sheet 1.2 [seed, reference; inferred: the plain header].
 */
export function tokenIn(headers: Headers): string | undefined {
  const cookies = headers.getSetCookie().map(cookieValue)
  return [headers.get(NAME)?.trim(), ...cookies].find(Boolean)
}

function cookieValue(setCookie: string): string | undefined {
  const [pair = ''] = setCookie.split(';')
  const [name = '', ...value] = pair.split('=')
  return name.trim() === NAME ? value.join('=').trim() : undefined
}

/**
 * Puts the token into the headers of a request.
 *
 * @throws {TypeError} The token has characters that a header cannot carry; it is not quoted.
 */
export function passToken(headers: Headers, token: string, transport: TokenTransport): void {
  try {
    if (transport !== 'cookie') headers.set(NAME, token)
    if (transport !== 'header') headers.set('Cookie', `${NAME}=${token}`)
  } catch {
    throw new TypeError('Failed to pass the token: it has characters that a header cannot carry.')
  }
}
