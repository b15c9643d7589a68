import { PLACEHOLDER, type TemplateParts, takeApart } from './client-query-template.ts'

/** What the query by client id asks for: one order, or every active one. */
export type ClientQuery =
  | { readonly kind: 'one'; readonly coId: string }
  | { readonly kind: 'allActive' }

/** Where the query by client id lives: the client builds its addresses, the simulation matches them. */
export interface ClientQueryPath {
  readonly template: string
  /**
   * Path patterns to mount, in the manner of the endpoint table, ahead of `/v2/orders/{id}`, which may
   * cover them too; whether a request is meant, `match` tells.
   */
  readonly mounts: readonly string[]
  /** Path and query string of "all active orders": the template without its `{coId}` part. */
  readonly allActive: string
  /**
   * Path and query string that ask for one order, percent-encoded.
   *
   * @param coId - Client order id, not empty.
   * @throws {RangeError} An address cannot carry `coId`: it is empty, not well-formed Unicode, or, as
   * a path segment, `.` or `..`.
   */
  build(coId: string): string
  /**
   * What an address below the base URL asks for, or `undefined` where it is another endpoint's.
   * Unknown query parameters do not matter. An empty `coId=` parameter is a query for the id `''`.
   */
  match(address: Pick<URL, 'pathname' | 'search'>): ClientQuery | undefined
}

/**
 * Reads the path template of the query by client id, whose real path nobody could read.
 *
 * @param template - Path below the base URL, with `{coId}` once: as the whole value of a query
 * parameter (`/v2/orders?coId={coId}`) or as a whole path segment (`/v2/orders/client/{coId}`).
 * @throws {RangeError} Anything else.
 * @see Fact sheet 2.6 [unseen: path; inferred: probable form].
 */
export function parseClientQueryPath(template: string): ClientQueryPath {
  const parts = takeApart(template)
  return parts.parameter === undefined ? inPath(parts) : inQuery(parts, parts.parameter)
}

function inQuery({ template, path, fixed }: TemplateParts, parameter: string): ClientQueryPath {
  return {
    template,
    mounts: [path],
    allActive: join(path, fixed),
    build: (coId) => template.replace(PLACEHOLDER, encode(coId)),
    match({ pathname, search }) {
      if (pathname !== path || !holds(search, fixed)) return undefined
      const coId = new URLSearchParams(search).get(parameter)
      return coId === null ? { kind: 'allActive' } : { kind: 'one', coId }
    },
  }
}

function inPath({ template, path, fixed }: TemplateParts): ClientQueryPath {
  const [before = '', after = ''] = path.split(PLACEHOLDER)
  const allPath = before.slice(0, -1) + after || '/'
  return {
    template,
    mounts: [path, allPath],
    allActive: join(allPath, fixed),
    build: (coId) => template.replace(PLACEHOLDER, encodeSegment(coId)),
    match({ pathname, search }) {
      if (!holds(search, fixed)) return undefined
      if (pathname === allPath) return { kind: 'allActive' }
      if (pathname.length <= before.length + after.length) return undefined
      if (!pathname.startsWith(before) || !pathname.endsWith(after)) return undefined
      const coId = decode(pathname.slice(before.length, pathname.length - after.length))
      return coId === undefined ? undefined : { kind: 'one', coId }
    },
  }
}

function encode(coId: string): string {
  if (coId === '') throw new RangeError('Failed to address an order by client id: the id is empty.')
  if (!coId.isWellFormed())
    throw new RangeError('Failed to address an order by client id: the id is not valid Unicode.')
  return encodeURIComponent(coId)
}

/** Every URL parser drops the segments `.` and `..`, percent-encoded or not. */
function encodeSegment(coId: string): string {
  if (coId === '.' || coId === '..')
    throw new RangeError(`Failed to address an order by client id: no path can carry "${coId}".`)
  return encode(coId)
}

function decode(segment: string): string | undefined {
  if (segment.includes('/')) return undefined
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

function holds(search: string, fixed: readonly string[]): boolean {
  const sent = new URLSearchParams(search)
  return [...new URLSearchParams(fixed.join('&'))].every(([name, value]) => sent.has(name, value))
}

function join(path: string, fixed: readonly string[]): string {
  return fixed.length === 0 ? path : `${path}?${fixed.join('&')}`
}
