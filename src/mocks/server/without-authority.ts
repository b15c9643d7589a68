import type { IncomingMessage } from 'node:http'

const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)/i

/**
 * The target below the authority: `GET http://host/v2/orders HTTP/1.1` is allowed too, and its authority
 * then counts instead of the Host header (RFC 9112, 3.2.2).
 */
export function withoutAuthority(raw: IncomingMessage): string {
  const url = raw.url ?? '/'
  if (url.startsWith('/')) return url
  const [, host, target = ''] = ABSOLUTE.exec(url) ?? []
  if (host === undefined) return url
  raw.headers.host = host
  return target.startsWith('/') ? target : `/${target}`
}
