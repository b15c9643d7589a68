import type { RecordedCall } from './recording.ts'
import { ReplayError } from './replay-error.ts'

/** Where the paths of the API begin. */
const API_PATH = /^(.*?)(?:\/v2\/(?:sso|rates|orders|trades)(?:\/|$)|\/marketdataset$)/

/** The prefix of every path of the API, if a request is one to it. */
function baseOf(url: string): string | undefined {
  const address = URL.parse(url)
  const [, prefix] = API_PATH.exec(address?.pathname ?? '') ?? []
  return address && prefix !== undefined ? `${address.origin}${prefix}` : undefined
}

export function isPlacing({ method, url }: Pick<RecordedCall, 'method' | 'url'>): boolean {
  return method === 'POST' && /\/v2\/orders\/?$/.test(URL.parse(url)?.pathname ?? '')
}

/**
 * The base URL at which orders are placed.
 *
 * @throws {ReplayError} None are, or at several.
 */
export function apiBase(calls: readonly RecordedCall[], file: string): string {
  const bases = new Set(calls.filter(isPlacing).flatMap(({ url }) => baseOf(url) ?? []))
  const [base, ...others] = bases
  if (base === undefined) {
    throw new ReplayError(file, 'no order is placed in it; record a run in which one is.')
  }
  if (others.length > 0) {
    const list = [...bases].join(' and ')
    throw new ReplayError(file, `orders are placed at ${list}; leave the calls to all but one out.`)
  }
  return base
}
