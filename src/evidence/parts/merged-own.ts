import { byText } from '../by-text.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'

/**
 * What the parts of a run did of themselves, taken together, or what one run did for several
 * organisations. Each was judged on its own: what concerns orders of several parts is judged in none.
 *
 * @param owns - Numbered so that no two have a number in common.
 * @returns Nothing where no part did anything of itself.
 */
export function mergedOwn(owns: readonly ScenarioEvidence[]): ScenarioEvidence | undefined {
  const [first, ...others] = owns
  if (first === undefined || others.length === 0) return first
  const workflows = owns.flatMap((own) => own.workflows ?? [])
  return {
    ...first,
    exchanges: owns
      .flatMap(({ exchanges }) => exchanges)
      .toSorted((one, other) => one.number - other.number),
    orders: owns.flatMap(({ orders }) => orders),
    refused: owns.flatMap(({ refused }) => refused),
    ...(workflows.length > 0 && { workflows }),
    rulesHeld: [...new Set(owns.flatMap(({ rulesHeld }) => rulesHeld))].sort(byText),
    findings: owns.flatMap(({ findings }) => findings),
    variants: firstOfEach(owns.flatMap(({ variants }) => variants)),
  }
}

/** One of each value, as one judge of all of it would have noted. */
function firstOfEach(variants: ScenarioEvidence['variants']): ScenarioEvidence['variants'] {
  const idOf = ({ setting, value }: (typeof variants)[number]) => JSON.stringify([setting, value])
  const known = new Set<string>()
  return variants.filter((variant) => {
    const isNew = !known.has(idOf(variant))
    known.add(idOf(variant))
    return isNew
  })
}
