import type { IncomingMessage } from 'node:http'
import type { IncomingCall } from './incoming-call.ts'
import { NodeHeaders } from './node-headers.ts'

/** A request as it came in, as the doors read it. @param base - What its path stands below. */
export function callOf(raw: IncomingMessage, body: Buffer, base = ''): IncomingCall {
  const url = raw.url ?? '/'
  const target = url.slice(base.length)
  const at = target.indexOf('?')
  return {
    method: raw.method ?? 'GET',
    pathname: at < 0 ? target : target.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers: new NodeHeaders(raw.headers),
    body: body.toString('utf8'),
    wire: { target: url, body },
    target,
    rawHeaders: raw.rawHeaders,
  }
}

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
