import type { Placing } from '../reading/placing.ts'
import { isFields } from '../reading/reading.ts'
import { Census } from './census.ts'
import { compareAnswers } from './compare-answers.ts'
import type { Difference } from './difference.ts'
import type { Pair, Side } from './side.ts'

/**
 * Compares what the answers about one order hold: to its placing, to queries by what they were and the
 * status they told, and its trades. What lies in a status that one side did not see cannot be compared.
 */
export function compareOrderAnswers(pair: Pair, simulation: Side, endpoint: Side): Difference[] {
  const here = answersAbout(pair.simulation, simulation)
  const there = answersAbout(pair.endpoint, endpoint)
  return [...here].flatMap(([kind, census]) => {
    const other = there.get(kind)
    return other ? compareAnswers(kind, census, other) : []
  })
}

function answersAbout(placing: Placing, side: Side): ReadonlyMap<string, Census> {
  const found = new Map<string, Census>()
  const add = (kind: string, value: unknown, exchange: number) => {
    const census = found.get(kind) ?? new Census()
    found.set(kind, census)
    census.add(value, exchange)
  }
  const { reading } = placing
  if (placing.result === 'accepted') {
    add('placeOrder', isFields(reading.body) ? reading.body : undefined, reading.number)
  }
  const order = side.orderOf(placing)
  for (const { by, fields, status, reading: query } of order?.views ?? []) {
    if (by === 'placing') continue
    add(
      `${query.operation} ${status}${isPartly(fields) ? ', partly dealt' : ''}`,
      fields,
      query.number,
    )
  }
  for (const { orderId, fields, reading: download } of side.matter.deliveries) {
    if (orderId === order?.orderId) add('downloadTrades trade', fields, download.number)
  }
  return found
}

function isPartly({ cumQty, size }: Readonly<Record<string, unknown>>): boolean {
  return typeof cumQty === 'number' && cumQty > 0 && (typeof size !== 'number' || cumQty < size)
}
