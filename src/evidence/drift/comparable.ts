import type { RunRecord } from '../record/run-record.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'

/** What both runs must have been made with; by rules nothing is compared here. */
const MADE_WITH = { model: 'order models', api: 'contracts' } as const

/**
 * Why two runs cannot be compared at all, as the rest of a sentence; nothing where they can. What was
 * broken off shows less than there is, and a scenario with other words is another scenario.
 */
export function whyNotComparable(simulation: RunRecord, endpoint: RunRecord): string | undefined {
  const broken = [simulation, endpoint].find(({ verdict }) => verdict.interrupted !== undefined)
  if (broken) {
    const { id, target } = broken.run
    return `the run ${id} on ${target} was broken off, and what it did not show means nothing: run it again`
  }
  const digests = [simulation.run.digests, endpoint.run.digests] as const
  const other = (['model', 'api'] as const).find((each) => digests[0][each] !== digests[1][each])
  const what = other ? MADE_WITH[other] : hasOtherFeatures(simulation, endpoint) && 'features'
  if (!what) return undefined
  return `the runs ${simulation.run.id} and ${endpoint.run.id} were made with different ${what}: run both with the same version`
}

/** Of a selection of the features, the scenarios must have the same words; of the same, all. */
function hasOtherFeatures(simulation: RunRecord, endpoint: RunRecord): boolean {
  const [one, other] = [simulation.run, endpoint.run]
  if (one.digests.features === other.digests.features) return false
  if (JSON.stringify(one.selection) === JSON.stringify(other.selection)) return true
  const words = new Map(simulation.scenarios.map((each) => [placeOf(each), wordsOf(each)]))
  return endpoint.scenarios.some(
    (each) => (words.get(placeOf(each)) ?? wordsOf(each)) !== wordsOf(each),
  )
}

function placeOf({ uri, line }: ScenarioRecord): string {
  return `${uri}:${line}`
}

function wordsOf({ name, steps }: ScenarioRecord): string {
  return JSON.stringify([name, steps.map(({ text, argument }) => [text, argument])])
}
