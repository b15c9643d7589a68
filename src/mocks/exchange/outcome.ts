import { Big } from 'big.js'
import { z } from 'zod'
import { paceSchema, pacesSchema } from './pace.ts'

const amount = z.number().positive()

/** Of every order that is taken. */
const taken = {
  /** How long the order stays RECEIVED; the settings' pace when absent. */
  received: paceSchema.exactOptional(),
  /**
   * How long it stays NEW: before it ends, or before the first part, the second part, and so on, and
   * last before what is left lapses; the settings' pace when absent.
   */
  new: pacesSchema.exactOptional(),
  /**
   * What becomes of cancelling it: done at once when absent; done after this pace; `too late`, since
   * the order ends as planned just before; `overtaken`, taken on, but the order ends as planned.
   */
  cancel: z
    .union(
      [paceSchema, z.literal(['too late', 'overtaken'])],
      'it is none of {"polls": 2}, {"ms": 1500}, "held", "too late" and "overtaken"',
    )
    .exactOptional(),
  /** Its stages last as long as they are paced: its time in force ends it only in one that is held. */
  outlasts: z.literal(true).exactOptional(),
}
/**
 * As what an order, or what is left of it, lapses once its last stage is over, be its time in force
 * over or not; when absent, it lapses with its time in force, as the settings say.
 */
const lapsesAs = z.enum(['EXPIRED', 'CANCELED']).exactOptional()

const words = {
  reason: z.string().min(1).exactOptional(),
  /** The simulation's own when absent; `null` for none at all. */
  code: z.string().min(1).nullable().exactOptional(),
}

export const outcomeSchema = z.discriminatedUnion('kind', [
  /** What the market and the rules make of it. */
  z.strictObject({ kind: z.literal('business'), ...taken }),
  /** Filled whole: at the quote, or at the limit or better. */
  z.strictObject({ kind: z.literal('fill'), ...taken }),
  z.strictObject({ kind: z.literal('reject before NEW'), ...words, ...taken }),
  z.strictObject({ kind: z.literal('reject after NEW'), ...words, ...taken }),
  /** Never dealt. */
  z.strictObject({ kind: z.literal('expire'), lapsesAs, ...taken }),
  /** Dealt in these parts, in the dealt currency; what is left lapses. */
  z.strictObject({
    kind: z.literal('fill in parts'),
    parts: z.array(amount).min(1).readonly(),
    lapsesAs,
    ...taken,
  }),
  /** Like the above, in shares of the size, together at most 1. */
  z.strictObject({
    kind: z.literal('fill in shares'),
    shares: z
      .array(amount)
      .min(1)
      .refine((shares) => total(shares).lte(1), 'the shares are above 1 together')
      .readonly(),
    lapsesAs,
    ...taken,
  }),
  /** Turned down at once, with an error object: there is no order. */
  z.strictObject({
    kind: z.literal('refuse'),
    reason: words.reason,
    code: z.string().min(1).exactOptional(),
  }),
])

/** What the simulation is asked to do with one order. */
export type Outcome = z.infer<typeof outcomeSchema>

const kinds = outcomeSchema.options.map(({ shape }) => `"${shape.kind.value}"`).join(', ')

/** @throws {RangeError} One sentence, where there is no such outcome. */
export function parseOutcome(given: unknown): Outcome {
  const parsed = outcomeSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new RangeError(`Failed to script an outcome: ${flawOf(parsed.error)}.`)
}

/**
 * The first thing that is wrong, with the path that leads to it.
 *
 * @param whole - What the whole is called, where there is no path.
 */
export function flawOf({ issues }: z.ZodError, whole = 'outcome'): string {
  const [issue] = issues
  const path = issue?.path.map(String) ?? []
  if (path.at(-1) !== 'kind') return `${path.join('.') || whole}: ${issue?.message}`
  const owner = path.slice(0, -1).join('.')
  return `${owner && `${owner}: `}its kind is none of ${kinds}`
}

function total(amounts: readonly number[]): Big {
  return amounts.reduce((sum, each) => sum.plus(each), new Big(0))
}
