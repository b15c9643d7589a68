import { z } from 'zod'
import { scenarioEvidenceSchema } from '../scenario-evidence.ts'

/** One step as the scenario words it, and what became of it. */
export const stepRecordSchema = z
  .object({
    /** As written: `Given`, `When`, `Then`, `And`, `But` or `*`. */
    keyword: z.string(),
    /** What the step is, whatever its keyword: a context, an action, or an outcome that is expected. */
    kind: z.enum(['context', 'action', 'outcome']),
    text: z.string(),
    /** Table or text below it, as written. */
    argument: z.string().optional(),
    status: z.enum(['passed', 'failed', 'skipped']),
    /** Why it failed or was skipped. */
    message: z.string().optional(),
  })
  .readonly()
export type StepRecord = z.infer<typeof stepRecordSchema>

/** A step as it is written. */
export function wordsOf({ keyword, text }: Pick<StepRecord, 'keyword' | 'text'>): string {
  return `${keyword === '*' ? '' : `${keyword} `}${text}`
}

/** A scenario as it ran: where it stands, its steps, what became of it, and what it saw. */
export const scenarioRecordSchema = z
  .object({
    uri: z.string(),
    /** Of its title, or of its row in an outline. */
    line: z.int().positive(),
    name: z.string(),
    feature: z.string(),
    /** The Gherkin rule that it stands below. */
    rule: z.string().optional(),
    tags: z.array(z.string()).readonly(),
    /** The values of its row in an outline, by column; absent where it is none. */
    outline: z.record(z.string(), z.string()).optional(),
    status: z.enum(['passed', 'failed', 'notVerified']),
    failure: z
      .object({
        step: z.string(),
        message: z.string(),
        /** Whether an assertion did not hold; anything else could not be carried out. */
        isAssertion: z.boolean().optional(),
      })
      .readonly()
      .optional(),
    notVerified: z.string().optional(),
    steps: z.array(stepRecordSchema).readonly(),
    /** Absent where it left none. */
    evidence: scenarioEvidenceSchema.optional(),
  })
  .readonly()
export type ScenarioRecord = z.infer<typeof scenarioRecordSchema>

/** Whether a scenario sent nothing itself, such as one about the order models: it says nothing of the target. */
export function isSilent({ evidence }: ScenarioRecord): boolean {
  return !evidence?.exchanges.some(({ sharedFrom }) => sharedFrom === undefined)
}
