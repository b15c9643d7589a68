import type { Exchange } from '../../evidence/exchange.ts'
import type { StepRecord } from '../../evidence/record/scenario-record.ts'

/** The exchanges of a scenario, by who made them. */
export interface ExchangesBySteps {
  /** Before the first step: the background of the background. */
  readonly before: readonly Exchange[]
  /** One list for each step, in the same order. */
  readonly during: readonly (readonly Exchange[])[]
  /** Made by another scenario, whose download consumed a trade of this one. */
  readonly elsewhere: readonly Exchange[]
}

/**
 * Finds the step that made each exchange. Exchanges go by the words of their step, which may stand in a
 * scenario twice: they are dealt out in order. What a hook did after a step counts as that step's.
 */
export function exchangesBySteps(
  steps: readonly StepRecord[],
  exchanges: readonly Exchange[],
): ExchangesBySteps {
  const during: Exchange[][] = steps.map(() => [])
  const before: Exchange[] = []
  const elsewhere: Exchange[] = []
  let at = -1
  for (const exchange of exchanges) {
    if (exchange.sharedFrom !== undefined) {
      elsewhere.push(exchange)
      continue
    }
    const isHere = at >= 0 && steps[at]?.text === exchange.step
    const next = steps.findIndex(({ text }, index) => index > at && text === exchange.step)
    if (!isHere && next >= 0) at = next
    ;(during[at] ?? before).push(exchange)
  }
  return { before, during, elsewhere }
}
