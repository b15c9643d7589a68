import { z } from 'zod'
import { exchangeLimits, type Limits } from '../exchange/limits.ts'

const limit = z.int().positive()

/** How much a server keeps, and each organisation. What is above is forgotten, as each says. */
export const limitsSchema = z.strictObject({
  /** Organisations; above, the one that was idle longest goes, with all it had. */
  organisations: limit.max(100_000).default(1_000),
  /** Entries of all journals together; above, the largest journal loses its oldest. */
  journal: limit.max(10_000_000).default(50_000),
  /** What these take in bytes, measured by the length of their texts; above, likewise. */
  journalBytes: limit.default(256 * 1024 * 1024),
  /** Bytes of the body of a request; a larger one is refused with 413. */
  bodyBytes: limit.max(64 * 1024 * 1024).default(1024 * 1024),
  /** Connections at a time; above, a new one is closed at once. */
  connections: limit.max(65_000).default(5_000),
  ...exchangeLimits,
})

export type ServerLimits = Readonly<z.output<typeof limitsSchema>>

/** How much each organisation keeps. */
export function limitsOfEach({ orders, trades, quotes, sessions, users }: ServerLimits): Limits {
  return { orders, trades, quotes, sessions, users }
}

/** Characters of the name of an organisation, of a user, and of a password. */
export const MOST_NAME_CHARACTERS = 255
