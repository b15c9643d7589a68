import { z } from 'zod'

/** One departure from the documented behaviour, with the exchanges that show it. */
export const findingSchema = z
  .object({
    /** Kind of departure; stable, scripts rely on it. */
    code: z.string(),
    /** Id of the rule that is broken, or that would have to exist for this to be right. */
    rule: z.string(),
    /** The order concerned; empty where the finding is about none, or it is not known which. */
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
  const seen = exchanges.length === 0 ? '' : ` (${where} ${listed(exchanges)})`
  const order = orderId === '' ? '' : `order ${orderId}: `
  return `${code}: ${order}${detail}${seen}, against ${rule}.`
}

/** `1`, `1 and 2`, `1, 2 and 3`. */
function listed(numbers: readonly number[]): string {
  return [numbers.slice(0, -1).join(', '), numbers.at(-1)]
    .filter((part) => part !== '')
    .join(' and ')
}
