import { titleOf } from './exchange.ts'
import type { Finding } from './finding.ts'
import type { Matter } from './reading/matter.ts'
import { elementsOf, idOf } from './reading/reading.ts'

/**
 * The earlier observation that a finding contradicts, in words: the first of its exchanges, and what
 * that said of the order. `undefined` where one exchange shows the finding alone.
 */
export function contradictionOf(
  { orderId, exchanges }: Pick<Finding, 'orderId' | 'exchanges'>,
  { readings }: Matter,
): Finding['contradicts'] {
  const [first, second] = exchanges
  const earlier = readings.find(({ number }) => number === first)
  if (second === undefined || !earlier) return undefined
  const told = elementsOf(earlier.body).find((fields) => idOf(fields.orderId) === orderId)
  const status = typeof told?.status === 'string' ? `, ${told.status}` : ''
  return { exchange: earlier.number, saw: `${titleOf(earlier.exchange)}${status}` }
}
