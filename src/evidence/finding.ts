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
    /** What the rule promises, in one sentence. */
    expected: z.string(),
    /** What was seen instead, in a few words, e.g. `FILLED → REJECTED`. */
    detail: z.string(),
    /** Numbers within the scenario: what was known before, then what contradicts it. */
    exchanges: z.array(z.int().positive()).readonly(),
    /** The earlier observation that it contradicts; absent where one exchange shows it alone. */
    contradicts: z.object({ exchange: z.int().positive(), saw: z.string() }).readonly().optional(),
  })
  .readonly()
export type Finding = z.infer<typeof findingSchema>

/** A finding as one sentence: what was seen, where, and what was expected. */
export function sentenceOf(finding: Finding): string {
  const { code, rule, orderId, detail, expected, exchanges, contradicts } = finding
  const where = exchanges.length === 1 ? 'exchange' : 'exchanges'
  const seen = exchanges.length === 0 ? '' : ` (${where} ${listed(exchanges)})`
  const order = orderId === '' ? '' : `order ${orderId}: `
  const before =
    contradicts === undefined
      ? ''
      : `, though exchange ${contradicts.exchange} showed ${contradicts.saw}`
  return `${code}: ${order}${detail}${seen}${before}, against ${rule}: ${expected}`
}

/** `1`, `1 and 2`, `1, 2 and 3`. */
function listed(numbers: readonly number[]): string {
  return [numbers.slice(0, -1).join(', '), numbers.at(-1)]
    .filter((part) => part !== '')
    .join(' and ')
}
