import type { Exchange } from '../exchange.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'

/** Under this stand the exchanges of no step and of nothing that has a name. */
export const OUTSIDE = ''

/**
 * A scenario's exchanges by the step that made them: under its index, or, what no step made, under
 * what it says of itself. Steps run one after the other, so that the same words twice are told apart.
 */
export function byStep({
  steps,
  evidence,
}: ScenarioRecord): ReadonlyMap<number | string, readonly Exchange[]> {
  let last = 0
  return Map.groupBy(evidence?.exchanges ?? [], ({ step, sharedFrom }) => {
    if (sharedFrom !== undefined) return 'Made by another scenario, about a trade of this one'
    const found = steps.findIndex(({ text }, at) => at >= last && text === step)
    if (found < 0) return step ?? OUTSIDE
    last = found
    return found
  })
}
