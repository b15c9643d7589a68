import { z } from 'zod'

/** One departure from the documented behaviour, with the exchanges that show it. */
export const findingSchema = z
  .object({
    /** Kind of departure; stable, scripts rely on it. */
    code: z.string(),
    /** Id of the rule that is broken, or that would have to exist for this to be right. */
    rule: z.string(),
    orderId: z.string(),
    /** What happened, in a few words, e.g. `FILLED → REJECTED`. */
    detail: z.string(),
    /** Numbers within the scenario: what was known before, then what contradicts it. */
    exchanges: z.array(z.int().positive()).readonly(),
  })
  .readonly()
export type Finding = z.infer<typeof findingSchema>

/** A finding as one sentence. */
export function sentenceOf({ code, rule, orderId, detail, exchanges }: Finding): string {
  const where = exchanges.length === 1 ? 'exchange' : 'exchanges'
  const seen = exchanges.length === 0 ? '' : ` (${where} ${exchanges.join(' and ')})`
  return `${code}: order ${orderId}: ${detail}${seen}, against ${rule}.`
}
