import { z } from 'zod'
import { orderTypeSchema, timeInForceSchema } from '../../api/contract/orders.ts'
import { flawOf, type Outcome, outcomeSchema } from './outcome.ts'
import { fitsPattern } from './text-pattern.ts'

const text = z.string().min(1).max(255)

/** Which orders a rule is for: all that is given has to fit; nothing given fits every order. */
export const matchSchema = z.strictObject({
  coId: text.exactOptional(),
  /** With `*` for any characters, or none. */
  coIdPattern: text.exactOptional(),
  symbol: text.exactOptional(),
  /** The dealt currency. */
  currency: text.exactOptional(),
  side: z.enum(['Buy', 'Sell']).exactOptional(),
  type: orderTypeSchema.exactOptional(),
  timeInForce: timeInForceSchema.exactOptional(),
  /** The name of whoever places it. */
  user: text.exactOptional(),
})
export type Match = Readonly<z.infer<typeof matchSchema>>

/** What becomes of the next orders that fit. */
export const outcomeRuleSchema = z.strictObject({
  match: matchSchema,
  /**
   * So many orders, then the rule is spent. When absent: `always` where `match` has a `coId`, so that
   * placing again finds the same, else 1.
   */
  next: z
    .union([z.int().positive(), z.literal('always')], 'it is neither a number from 1 nor "always"')
    .exactOptional(),
  /** An order with this `coId` takes the rule as well, and before all others. */
  orCoId: text.exactOptional(),
  outcome: outcomeSchema,
})

export interface OutcomeRule {
  readonly match: Match
  readonly next?: number | 'always'
  readonly orCoId?: string
  readonly outcome: Outcome
}

/** What of an order a rule can be about. */
export interface OrderFacts {
  readonly coId: string
  readonly symbol?: unknown
  readonly currency?: unknown
  readonly side?: unknown
  readonly type?: unknown
  readonly timeInForce?: unknown
  readonly user?: string
}

/** @throws {RangeError} One sentence that names the path, where there is no such rule. */
export function parseRule(given: unknown): OutcomeRule {
  const parsed = outcomeRuleSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw new RangeError(`Failed to stage a rule: ${flawOf(parsed.error, 'rule')}.`)
}

export function fits({ coIdPattern, ...exact }: Match, facts: OrderFacts): boolean {
  if (coIdPattern !== undefined && !fitsPattern(facts.coId, coIdPattern)) return false
  return Object.entries(exact).every(([name, value]) => facts[name as keyof typeof exact] === value)
}
