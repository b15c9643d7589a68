import type { ApiRequest } from './requests.ts'
import { tokenIn } from './sessions.ts'
import type { State } from './state.ts'

/** Every spelling in which a careless server may give a text back. */
function spellings(text: string): string[] {
  const asHtml = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  const asAscii = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const bytes = Buffer.from(text)
  return [
    text,
    encodeURIComponent(text),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    JSON.stringify(text).slice(1, -1),
    asAscii,
    asHtml,
  ]
}

/** The secrets that the server knows when it answers `request`, each in every spelling. */
export function secretsOf(state: State, request: Pick<ApiRequest, 'headers'>): string[] {
  const { credentials, hmac } = state.flags
  const signature = /signature="([^"]*)"/.exec(request.headers.authorization ?? '')?.[1]
  const latest = state.sessions.at(-1)?.token
  const secrets = [credentials.password, tokenIn(state, request), latest, hmac?.secret, signature]
  return [...new Set(secrets)].flatMap((secret) => (secret ? spellings(secret) : []))
}
