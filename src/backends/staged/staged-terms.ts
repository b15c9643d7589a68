import type { Bounds } from '../../evidence/reading/matter.ts'
import { Chance } from '../../mocks/exchange/chance.ts'
import { drawOnce } from '../../mocks/exchange/seeded-faker.ts'
import type { Agreed } from '../backend.ts'
import type { Patience } from '../patience.ts'

const AGREED_SYMBOL = 'EUR/USD'
/** A small order: 1 to 10 times this amount of base. */
const SMALL_LOT = 10_000

/** Time costs nothing on a virtual clock, and every ending is staged: there is nothing to be patient about. */
export const stagedPatience: Patience = {
  poll: { firstMs: 250, factor: 1, mostMs: 250 },
  limitsMs: {
    'order to end': 15_000,
    'order to be NEW': 15_000,
    cancellation: 15_000,
    trade: 0,
  },
  expiryWithinMs: 15_000,
  doubtWithinMs: 5_000,
  tokenWaitMs: Number.POSITIVE_INFINITY,
  furtherAttempts: 0,
  allow: async (_kind, withinMs) => ({ withinMs, isFull: true }),
  breach: async () => {},
}

export const stagedBounds: Bounds = {
  finalWithinMs: 15_000,
  tradeWithinMs: 10_000,
  tokenSlackMs: 0,
}

/** What a scenario trades by default: the same for the same seed. */
export function agreedBy(seed: string): Agreed {
  const lots = drawOnce(new Chance(seed).below(2 ** 31, 'agreed'), ({ number }) =>
    number.int({ min: 1, max: 10 }),
  )
  const smallSize = lots * SMALL_LOT
  return { symbol: AGREED_SYMBOL, smallSize, minSize: smallSize }
}
