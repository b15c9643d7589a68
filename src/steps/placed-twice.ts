import { assert } from 'chai'
import { awaitNews } from './await-status.ts'
import { isHostTrouble } from './host-trouble.ts'
import { describe, type PlacedOrder } from './placed-order.ts'
import type { TradingWorld } from './world.ts'

/**
 * Looks whether placing the same order again made a second one. It did not where it was refused, where
 * it told the first order once more, or where what it made is REJECTED.
 *
 * @returns The ids of orders that it made only to reject them.
 * @throws {NotVerifiedError} The answer does not tell; or there is a second order, which no document
 *   forbids: that a client id is used once is an assumption (fact sheet 6, row 20).
 * @throws {AssertionError} The answer is none that is documented.
 */
export async function turnedDown(
  world: TradingWorld,
  first: PlacedOrder,
  again: PlacedOrder,
): Promise<readonly string[]> {
  const { placing } = again
  const sentence = `Placing the same order again brought ${describe(placing)}`
  if (placing.kind === 'in doubt') return world.notVerified(sentence)
  if (placing.kind === 'refusal') {
    const isAboutOrder = !isHostTrouble(placing) && ![401, 403].includes(placing.httpStatus)
    return isAboutOrder ? [] : world.notVerified(`${sentence}, which is not about the order`)
  }
  assert(placing.kind === 'success', `${sentence}.`)
  if (again.id === first.id) return []
  await awaitNews(world, again)
  const { status } = again.view
  if (status === 'REJECTED') return [again.id]
  return world.notVerified(
    `a client id can be used twice here: the same placing made order ${again.id} as well, which became ${status}`,
  )
}
