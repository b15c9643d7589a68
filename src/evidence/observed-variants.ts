import { byText } from './by-text.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'

/** How a gap of the documentation was seen to be filled in a run; several values where it differed. */
export interface ObservedVariant {
  /** Its name in section 6 of the fact sheet, or what it is about where it has none. */
  readonly setting: string
  readonly values: readonly {
    readonly value: unknown
    /** How many scenarios saw it. */
    readonly scenarios: number
    readonly first: { readonly scenario: string; readonly exchange: number }
  }[]
}

/** Folds what scenarios saw, by setting; values in the order in which the scenarios stand. */
export function observedVariants(
  witnesses: readonly {
    readonly label: string
    readonly evidence: Pick<ScenarioEvidence, 'variants'> | undefined
  }[],
): readonly ObservedVariant[] {
  const seen = witnesses.flatMap(({ label: scenario, evidence }) =>
    (evidence?.variants ?? []).map(({ setting, value, exchange }) => ({
      setting,
      value,
      first: { scenario, exchange },
    })),
  )
  return [...Map.groupBy(seen, ({ setting }) => setting)]
    .sort(([one], [other]) => byText(one, other))
    .map(([setting, ofSetting]) => {
      const byValue = Map.groupBy(ofSetting, ({ value }) => JSON.stringify(value))
      const values = [...byValue.values()].flatMap((same) => {
        const [one] = same
        return one ? { value: one.value, scenarios: same.length, first: one.first } : []
      })
      return { setting, values }
    })
}
