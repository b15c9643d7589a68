import { z } from 'zod'
import { scenarioRecordSchema } from '../record/scenario-record.ts'
import { scenarioEvidenceSchema } from '../scenario-evidence.ts'

/** A line of `scenarios.ndjson` about a scenario. */
export const scenarioLineSchema = z.object({ scenario: scenarioRecordSchema })

/** The last but one line of `scenarios.ndjson`: what the run did of itself, and what it came to. */
export const runLineSchema = z.object({
  run: z.object({
    own: scenarioEvidenceSchema.optional(),
    /** What the verdict reports besides the scenarios. */
    report: z.record(z.string(), z.unknown()),
    notJudged: z.string().optional(),
    /** SHA-256, in hex, of `messages.ndjson` beside the folder, as the run left it; absent where it left none. */
    messages: z.string().optional(),
  }),
})
