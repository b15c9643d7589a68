import { catalogue } from '../../evidence/rules/catalogue.ts'
import { deviations } from '../../mocks/deviations/deviations.ts'
import { permittedVariations } from './permitted/permitted-variations.ts'
import type { Behaviour } from './scenario-runner.ts'

/** A simulation that the judge has to convict, and of what. */
export interface DeviationTrial {
  readonly kind: 'deviation'
  readonly id: string
  /** What the simulation does, in one sentence. */
  readonly sentence: string
  /** Id of the rule that has to name it. */
  readonly breaks: string
  readonly behaviour: Behaviour
}

/** A simulation that the judge must not say a word about. */
export interface VariationTrial {
  readonly kind: 'variation'
  readonly id: string
  /** Whether several settings are varied at once. */
  readonly isCombination: boolean
  readonly behaviour: Behaviour
}

/** One run of the scenarios to prove the judge on. */
export type Trial = DeviationTrial | VariationTrial

/** All there is to prove, deviations first, in the order in which reports list it. */
export const allTrials: readonly Trial[] = [
  ...deviations.map(
    ({ id, sentence, breaks, settings }): Trial => ({
      ...{ kind: 'deviation', id, sentence, breaks },
      behaviour: { deviation: id, ...(settings && { settings }) },
    }),
  ),
  ...permittedVariations.map(
    ({ id, settings, isCombination }): Trial => ({
      ...{ kind: 'variation', id, isCombination },
      behaviour: { settings },
    }),
  ),
]

export function isDeviation(trial: Trial): trial is DeviationTrial {
  return trial.kind === 'deviation'
}

export function isVariation(trial: Trial): trial is VariationTrial {
  return trial.kind === 'variation'
}

/** The family of a rule; empty for one that the catalogue does not have. */
export function familyOf(rule: string): string {
  return catalogue.find(({ id }) => id === rule)?.family ?? ''
}

/** A quick look: the first deviation of each family of rules, and the combinations. */
export function quickSubset(trials: readonly Trial[]): readonly Trial[] {
  const firsts = [
    ...Map.groupBy(trials.filter(isDeviation), ({ breaks }) => familyOf(breaks)).values(),
  ].map(([first]) => first)
  return trials.filter((trial) =>
    isDeviation(trial) ? firsts.includes(trial) : trial.isCombination,
  )
}
