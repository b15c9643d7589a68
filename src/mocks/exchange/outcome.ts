import { Big } from 'big.js'
import { z } from 'zod'

/**
 * How long a stage of an order lasts: a number of queries that still see it, or milliseconds, or
 * until it is told to proceed.
 */
const paceSchema = z.union([
  z.strictObject({ polls: z.int().nonnegative() }),
  z.strictObject({ ms: z.number().nonnegative().max(1e12) }),
  z.literal('held'),
])
export type Pace = Readonly<z.infer<typeof paceSchema>>

const amount = z.number().positive()
const paced = {
  /** How long the order stays RECEIVED; the settings' pace when absent. */
  received: paceSchema.exactOptional(),
  /** How long it stays NEW before it ends, or before each part; the settings' pace when absent. */
  new: paceSchema.exactOptional(),
}
const reason = z.string().min(1).exactOptional()

export const outcomeSchema = z.discriminatedUnion('kind', [
  /** What the market and the rules make of it. */
  z.strictObject({ kind: z.literal('business'), ...paced }),
  /** Filled whole: at the quote, or at the limit or better. */
  z.strictObject({ kind: z.literal('fill'), ...paced }),
  z.strictObject({ kind: z.literal('reject before NEW'), reason, ...paced }),
  z.strictObject({ kind: z.literal('reject after NEW'), reason, ...paced }),
  /** Never dealt; ends with its time in force. */
  z.strictObject({ kind: z.literal('expire'), ...paced }),
  /** Dealt in these parts, in the dealt currency; a remainder ends with the time in force. */
  z.strictObject({
    kind: z.literal('fill in parts'),
    parts: z.array(amount).min(1).readonly(),
    ...paced,
  }),
  /** Like the above, in shares of the size, together at most 1. */
  z.strictObject({
    kind: z.literal('fill in shares'),
    shares: z
      .array(amount)
      .min(1)
      .refine((shares) => total(shares).lte(1), 'the shares are above 1 together')
      .readonly(),
    ...paced,
  }),
])

/** What the simulation is asked to do with one order. */
export type Outcome = z.infer<typeof outcomeSchema>

const kinds = outcomeSchema.options.map(({ shape }) => `"${shape.kind.value}"`).join(', ')

/** @throws {RangeError} One sentence, where there is no such outcome. */
export function parseOutcome(given: unknown): Outcome {
  const parsed = outcomeSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  const why =
    where === 'kind' ? `its kind is none of ${kinds}` : `${where || 'outcome'}: ${issue?.message}`
  throw new RangeError(`Failed to script an outcome: ${why}.`)
}

function total(amounts: readonly number[]): Big {
  return amounts.reduce((sum, each) => sum.plus(each), new Big(0))
}
