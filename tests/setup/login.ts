import type { Credentials } from '../../src/index.ts'

type Send = (input: string, init?: RequestInit) => Promise<Response>

/** Logs in as an app would, by whatever `send` is; resolves to the answer. */
export function login(send: Send, baseUrl: string, credentials: Credentials): Promise<Response> {
  const { user, password, org } = credentials
  return send(`${baseUrl}/v2/sso/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user, pass: password, org }),
  })
}

/** Sends with the token of a login. */
export async function loggedIn(
  send: Send,
  baseUrl: string,
  credentials: Credentials,
): Promise<(path: string, body?: unknown) => Promise<Response>> {
  const token = (await login(send, baseUrl, credentials)).headers.get('SSO_TOKEN') ?? ''
  return (path, body) =>
    send(baseUrl + path, {
      headers: { SSO_TOKEN: token, 'Content-Type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
}
