import { z } from 'zod'

/** What a line of a transcript is about: an exchange has one when it is sent, and one when it ended. */
export const transcriptLineSchema = z.object({
  /** `judged`: a scenario took it up from another. */
  phase: z.enum(['sent', 'ended', 'judged']),
  scenario: z.string(),
  number: z.int().positive(),
  /** Of one that was taken up: `<scenario>, exchange <number>`. */
  from: z.string().optional(),
})
