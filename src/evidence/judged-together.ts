import { byText } from './by-text.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'

/**
 * What was judged apart, as one: a run that traded for several organisations is judged for each of them.
 *
 * @param all - Of the same place; no number of an exchange stands in two of them.
 */
export function judgedTogether(
  all: readonly [ScenarioEvidence, ...ScenarioEvidence[]],
): ScenarioEvidence {
  const [first, ...others] = all
  if (others.length === 0) return first
  return {
    ...first,
    exchanges: all
      .flatMap(({ exchanges }) => exchanges)
      .toSorted((one, other) => one.number - other.number),
    orders: all.flatMap(({ orders }) => orders),
    refused: all.flatMap(({ refused }) => refused),
    rulesHeld: [...new Set(all.flatMap(({ rulesHeld }) => rulesHeld))].sort(byText),
    findings: all.flatMap(({ findings }) => findings),
    variants: all.flatMap(({ variants }) => variants),
  }
}
