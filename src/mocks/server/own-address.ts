import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/** Whether a name or an address, as one listens on it, is this machine's own. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '::1' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  )
}

/**
 * What is foreign about a request: a web page in the browser of whoever runs the server may send some,
 * by a name of its own that it has lead here, or across origins. One sentence, or `undefined`.
 *
 * Only a name can be made to lead here: whoever gives an address as Host means it. Programs that are no
 * browsers send no Origin.
 *
 * @param hostname - What the server was told to listen on.
 * @param scheme - `http` or `https`.
 */
export function foreignness(
  { host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders,
  hostname: string,
  scheme: string,
): string | undefined {
  if (host !== undefined && !isOwn(nameIn(host), hostname)) {
    return 'The Host is not that of this server: call it by its address, or start it with --host and this name.'
  }
  if (origin !== undefined && origin.toLowerCase() !== `${scheme}://${host}`.toLowerCase()) {
    return 'The Origin is foreign: no web page may steer the simulation.'
  }
  return site === 'cross-site' || site === 'same-site'
    ? 'The request comes from another site: no web page may steer the simulation.'
    : undefined
}

function isOwn(name: string, hostname: string): boolean {
  return isLoopback(name) || name === hostname.toLowerCase() || isIP(name) !== 0
}

/** A Host without its port, and without brackets. */
function nameIn(host: string): string {
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase()
}
