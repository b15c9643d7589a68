import type { Outcomes } from '../../mocks/exchange/outcomes.ts'
import type { OutcomeScript } from './outcome-script.ts'

/**
 * Stages the outcomes of a script: for the order with the same `coId`, or else for the next one that looks
 * the same. What was staged before comes before them. Refusals and placings without an answer are faults,
 * and settings are those of a new simulation: neither is staged here.
 *
 * @throws {RangeError} More rules than can be staged.
 */
export function applyScript(
  { orders }: OutcomeScript,
  { outcomes }: { readonly outcomes: Outcomes },
): void {
  for (const { coId, match, outcome } of orders) {
    outcomes.stage({ match, next: 1, ...(coId !== undefined && { orCoId: coId }), outcome })
  }
}
