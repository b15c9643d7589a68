import type { IncomingHttpHeaders } from 'node:http'

/** A request, read whole. */
export interface ApiRequest {
  readonly method: string
  /** As it was sent: path and query, percent-encoding included. */
  readonly target: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** What stands in the variable parts of the path. */
  readonly parts: readonly string[]
}

export const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0

/** The JSON object in the body, or undefined if the body is anything else. */
export function objectIn({
  headers,
  body,
}: Pick<ApiRequest, 'headers' | 'body'>): Record<string, unknown> | undefined {
  if (!headers['content-type']?.toLowerCase().startsWith('application/json')) return undefined
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : undefined
  } catch {
    return undefined
  }
}
