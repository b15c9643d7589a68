import type { ClientQueryPath } from '../contract/client-query-path.ts'
import { endpoints, type Operation } from '../contract/endpoints.ts'
import type { CallInput } from './options.ts'

/**
 * Checks a base URL and takes the trailing slashes off.
 *
 * @throws {TypeError} Not an absolute http(s) URL, or one with query, fragment or credentials. The
 * URL is not quoted, as it may hold a password.
 */
export function parseBaseUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw misfit('it is not an absolute http or https URL')
  if (url.username !== '' || url.password !== '') throw misfit('it contains credentials')
  if (url.search !== '' || url.hash !== '') throw misfit('it has a query or fragment')
  return url.href.replace(/\/+$/, '')
}

function misfit(why: string): TypeError {
  return new TypeError(
    `Failed to read the base URL: ${why}. Write, for example, https://host:port.`,
  )
}

/**
 * Path and query string of a call, below the base URL.
 *
 * @throws {RangeError} A path parameter is missing, or its value cannot be a path segment.
 */
export function addressOf(
  operation: Operation,
  { params = {}, query = {} }: CallInput,
  clientQueryPath: ClientQueryPath,
): string {
  if (operation === 'queryOrders') return clientQueryAddress(query, clientQueryPath)
  const path = endpoints[operation].path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeSegment(operation, name, params[name]),
  )
  return withQuery(path, query)
}

function clientQueryAddress(
  { coId, ...others }: NonNullable<CallInput['query']>,
  path: ClientQueryPath,
): string {
  return withQuery(coId === undefined ? path.allActive : path.build(String(coId)), others)
}

/** URL parsers drop the segments `.` and `..`, also encoded; an empty one names another resource. */
function encodeSegment(operation: Operation, name: string, value: string | undefined): string {
  if (value === undefined || /^\.{0,2}$/.test(value) || !value.isWellFormed()) {
    const shown = value === undefined ? 'missing' : `${JSON.stringify(value)}, no path segment`
    throw new RangeError(`Failed to address ${operation}: {${name}} is ${shown}.`)
  }
  return encodeURIComponent(value)
}

function withQuery(path: string, query: NonNullable<CallInput['query']>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  if (pairs.length === 0) return path
  return `${path}${path.includes('?') ? '&' : '?'}${pairs.join('&')}`
}
