import type { Answer } from '../api/client/answer.ts'
import type { Order } from '../api/contract/orders.ts'
import { describe } from './placed-order.ts'
import type { TradingWorld } from './world.ts'

/** Where the query by client id lives, nobody could read: an endpoint may have it elsewhere. */
export function lookedUp(world: TradingWorld, answer: Answer<readonly Order[]>): readonly Order[] {
  if (answer.kind === 'success') return answer.value
  return world.notVerified(
    `the query by client id, whose path is an assumption (setting paths.queryByClient), was answered with ${describe(answer)}`,
  )
}
