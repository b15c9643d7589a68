/** How much of everything the suite runs. */
export interface SuiteScale {
  readonly repetitions: number
  /** Scenarios whose cost is measured, and of whose run `report` makes its pages. */
  readonly scenarios: number
  /** Scenarios over which memory is measured. */
  readonly many: number
  /** Scenarios that a profile is made of. */
  readonly profiled: number
  /** What is run of the shipped features; all where nothing is named. */
  readonly shipped: readonly string[]
}

export const fullSuite: SuiteScale = {
  repetitions: 3,
  scenarios: 1_000,
  many: 10_000,
  profiled: 500,
  shipped: [],
}

/** Shows that it works, and no more. */
export const quickSuite: SuiteScale = {
  repetitions: 1,
  scenarios: 8,
  many: 12,
  profiled: 4,
  shipped: ['features/model/order-model.feature'],
}
