import { z } from 'zod'

/** A Map holds 16 million entries; well before that, memory is what ends. */
const most = z.int().positive().max(10_000_000)

/** The limits of an exchange, each by its name. */
export const exchangeLimits = {
  /**
   * Orders. The one that finished longest ago makes room; a working order never does. Where all that
   * are kept work, placing is refused as `too-many-orders`.
   */
  orders: most.default(200_000),
  /**
   * Trades. The one downloaded longest ago makes room; where none is downloaded, the oldest, which then
   * nobody gets any more: an order that is dealt is dealt, whether anybody downloads or not.
   */
  trades: most.default(200_000),
  /**
   * Quotes, expired ones included. The oldest makes room, but for the rates of a market data set that is
   * valid. At 5 seconds of life, 4,000 quotes a second are remembered until they expire.
   */
  quotes: most.default(20_000),
  /**
   * Sessions, expired ones included, which can be renewed. The one that expired first makes room; where
   * all live, the one that will expire first.
   */
  sessions: most.default(10_000),
  /**
   * Guests: users who were let in without being enrolled. The one who logged in longest ago and has no
   * live session makes room; where all have one, there are more, as many as there are sessions at most.
   */
  users: most.default(10_000),
}

const limitsSchema = z.strictObject(exchangeLimits)

/**
 * How much an exchange keeps, so that it can run for months. What had to make room is answered like
 * something unknown: a `coId` counts as unused again, a token has to be logged in for.
 */
export type Limits = Readonly<z.output<typeof limitsSchema>>

export const defaultLimits: Limits = limitsSchema.parse({})

/**
 * @param given - An object of names and whole numbers from 1; whatever is absent keeps its default.
 * @throws {RangeError} One sentence that names the limit and what is wrong with it.
 */
export function parseLimits(given: unknown = {}): Limits {
  const parsed = limitsSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = issue?.path.join('.')
  throw new RangeError(
    `Failed to limit what is kept: ${name ? `"${name}": ` : ''}${issue?.message ?? 'no limits'}.`,
  )
}
