import { type ClientQuery, parseClientQueryPath } from './client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from './client-query-template.ts'
import { endpoints, type Operation } from './endpoints.ts'
import { pathParams } from './path-params.ts'

/**
 * What a request asks for, and the parts of its address that the endpoint names: those of its path,
 * and `coId` where one order is queried by its client id.
 */
export interface MatchedOperation {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

export type OperationMatcher = (method: string, url: string) => MatchedOperation | undefined

export interface OperationMatcherOptions {
  /** Prefix of every path; an address outside it is no operation of the contract. */
  readonly baseUrl: string
  /**
   * Recognises the query by client id, whose path is a setting (fact sheet 6, row 23). The default is
   * the path of the contract.
   */
  readonly clientQuery?: {
    match(address: Pick<URL, 'pathname' | 'search'>): ClientQuery | undefined
  }
}

/** The table, but for the query by client id. A written-out segment beats a parameter, wherever both would match. */
const rows = Object.entries(endpoints)
  .map(([operation, { method, path }]) => ({
    operation: operation as Operation,
    method,
    segments: path.split('/'),
  }))
  .filter(({ operation }) => operation !== 'queryOrders')
  .sort((one, other) => parameters(one.segments) - parameters(other.segments))

/** Recognises the operation of a request by its method and path, with the table of the contract. */
export function operationMatcher({
  baseUrl,
  clientQuery = parseClientQueryPath(DEFAULT_CLIENT_QUERY_PATH),
}: OperationMatcherOptions): OperationMatcher {
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/$/, '')
  return (method, url) => {
    const address = URL.parse(url)
    if (address?.origin !== base.origin || !address.pathname.startsWith(`${prefix}/`))
      return undefined
    const pathname = address.pathname.slice(prefix.length)
    const byClient =
      method === 'GET' ? clientQuery.match({ pathname, search: address.search }) : undefined
    if (!byClient) return inTable(method, pathname)
    const params = byClient.kind === 'one' ? { coId: byClient.coId } : {}
    return { operation: 'queryOrders', params }
  }
}

function inTable(method: string, pathname: string): MatchedOperation | undefined {
  const segments = pathname.split('/')
  for (const row of rows) {
    const params = row.method === method ? pathParams(row.segments, segments) : undefined
    if (params) return { operation: row.operation, params }
  }
  return undefined
}

function parameters(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length
}
