import { z } from 'zod'

/** Longest text in a waiver, in characters: it stands in a table that people sign. */
const MOST_CHARACTERS = 1_000

const textSchema = z.string().trim().min(1, 'cannot be empty').max(MOST_CHARACTERS)

/** A day of the calendar, in UTC. */
const dateSchema = z.iso.date('expected a day of the calendar, as YYYY-MM-DD')

/** That somebody answers for a known departure from a rule, why, and until when. */
export const waiverSchema = z.strictObject({
  /** Id of the rule that is known to be broken. */
  rule: textSchema,
  /**
   * Where: a scenario as reports name it, `features/x.feature:12 name`, or its file, its place or its
   * name alone; `*` stands for any text. Default: everywhere.
   */
  scenario: textSchema.optional(),
  /** Default: every target. */
  target: z.enum(['simulation', 'served', 'uat']).optional(),
  /** Who answers for it. */
  owner: textSchema,
  reason: textSchema,
  granted: dateSchema,
  /** The last day on which it counts. */
  expires: dateSchema,
})
export type Waiver = Readonly<z.infer<typeof waiverSchema>>

/** Whether a waiver counts on a day. */
export type WaiverState = 'in force' | 'expired' | 'not yet in force'

/** @param day - `YYYY-MM-DD`, in UTC. */
export function stateOn(day: string, { granted, expires }: Waiver): WaiverState {
  // Days in this form are ordered as their texts are.
  if (expires < day) return 'expired'
  return granted > day ? 'not yet in force' : 'in force'
}
