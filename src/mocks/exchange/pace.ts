import { z } from 'zod'

/**
 * How long a stage of an order lasts: a number of queries that still see it, or milliseconds, or
 * until it is told to proceed.
 */
export const paceSchema = z.union(
  [
    z.strictObject({ polls: z.int().nonnegative() }),
    z.strictObject({ ms: z.number().nonnegative().max(1e12) }),
    z.literal('held'),
  ],
  'it is none of {"polls": 2}, {"ms": 1500} and "held"',
)
export type Pace = Readonly<z.infer<typeof paceSchema>>

/** One pace, or one for each stage in turn; the last one is good for all that follow. */
export const pacesSchema = z.union(
  [paceSchema, z.array(paceSchema).min(1).max(1_000).readonly()],
  'it is none of {"polls": 2}, {"ms": 1500}, "held" and a list of these',
)
export type Paces = z.infer<typeof pacesSchema>

/** The paces of the stages in turn, at least one. */
export function listed(paces: Paces): readonly [Pace, ...Pace[]] {
  const [first, ...others] = Array.isArray(paces) ? (paces as readonly Pace[]) : [paces as Pace]
  if (first === undefined) throw new RangeError('Failed to pace an order: there is no pace.')
  return [first, ...others]
}
