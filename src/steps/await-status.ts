import { assert } from 'chai'
import type { Clock } from '../api/clock.ts'
import type { PlacedOrder } from './placed-order.ts'
import type { Trader } from './trader.ts'

/** How long to wait for a status, and how often to look, in milliseconds of the backend's clock. */
export interface Patience {
  readonly withinMs: number
  readonly everyMs: number
}

/** Between an answer and the next query; a PQ, IOC or FOK order is to end within 15 seconds. */
export const patience: Patience = { withinMs: 15_000, everyMs: 250 }

/**
 * Queries an order until it is as wanted or final, one request at a time.
 *
 * @param isWanted - Looks at the order after each query; never before the first.
 * @returns Whether it came to be as wanted.
 */
export async function pollUntil(
  trader: Trader,
  order: PlacedOrder,
  clock: Clock,
  isWanted: () => boolean,
  { withinMs, everyMs }: Patience = patience,
): Promise<boolean> {
  const deadline = clock.now() + withinMs
  for (;;) {
    await trader.query(order)
    if (isWanted()) return true
    if (order.isFinal || clock.now() + everyMs > deadline) return false
    await clock.sleep(everyMs)
  }
}

/**
 * Queries an order until it reports `expected`. A different final status ends the wait at once: it
 * can no longer change.
 *
 * @throws {AssertionError} Another final status, or none in time; lists every status seen.
 */
export async function awaitStatus(
  trader: Trader,
  order: PlacedOrder,
  clock: Clock,
  expected: string,
): Promise<void> {
  const reached = await pollUntil(trader, order, clock, () => order.view.status === expected)
  const seen = order.statuses.join(' → ')
  assert(reached, `Order ${order.id} should have become ${expected}; seen was ${seen}.`)
}
