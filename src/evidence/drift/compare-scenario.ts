import type { Operation } from '../../api/contract/endpoints.ts'
import { compareRejections } from './compare-refusals.ts'
import { compareStatuses } from './compare-statuses.ts'
import { compareTiming } from './compare-timing.ts'
import { type Difference, differenceId, shown, type Unseen } from './difference.ts'
import { compareOrderAnswers } from './order-answers.ts'
import { pairsOf, type Side } from './side.ts'
import { compareSteps } from './step-answers.ts'

/** What comparing two runs of one scenario came to. */
export interface Comparison {
  /** Each once, however often it showed. */
  readonly differences: readonly Difference[]
  readonly unseen: readonly Unseen[]
  /** How many orders, and answers to the same question, were held side by side. */
  readonly orders: number
}

/** Compares two runs of one scenario. */
export function compareScenario(simulation: Side, endpoint: Side): Comparison {
  const pairs = pairsOf(simulation, endpoint)
  const statuses = pairs.map((pair) => compareStatuses(pair, simulation, endpoint))
  const differences = [
    ...compareCounts(simulation, endpoint),
    ...statuses.flatMap((each) => each.differences),
    ...pairs.flatMap((pair) => [
      ...compareOrderAnswers(pair, simulation, endpoint),
      ...compareRejections(pair, simulation, endpoint),
      ...compareTiming(pair, simulation, endpoint),
    ]),
    ...compareSteps(simulation, endpoint),
  ]
  const once = new Map<string, Difference>()
  for (const difference of differences) {
    const id = differenceId(difference)
    if (!once.has(id)) once.set(id, difference)
  }
  return {
    differences: [...once.values()],
    unseen: statuses.flatMap(({ unseen }) => unseen),
    orders: pairs.length,
  }
}

/** In a step that both sides went through, each places as many orders. */
function compareCounts(simulation: Side, endpoint: Side): Difference[] {
  const steps = new Set([...simulation.placings.keys(), ...endpoint.placings.keys()])
  return [...steps].flatMap((step): Difference[] => {
    const here = simulation.placings.get(step) ?? []
    const there = endpoint.placings.get(step) ?? []
    const isReached = simulation.steps.has(step) && endpoint.steps.has(step)
    if (!isReached || here.length === there.length) return []
    const placed: Operation = 'placeOrder'
    const side = (placings: typeof here, readings: Side['steps']) =>
      shown(
        `${placings.length} placed`,
        placings.length > 0
          ? placings.map(({ reading }) => reading.number)
          : (readings.get(step) ?? []).map(({ number }) => number),
      )
    return [
      {
        rule: 'drift.orders',
        subject: `${placed} in “${step}”`,
        simulation: side(here, simulation.steps),
        endpoint: side(there, endpoint.steps),
      },
    ]
  })
}
