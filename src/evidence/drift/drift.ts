import type { RunFacts } from '../record/run-facts.ts'
import type { RunRecord } from '../record/run-record.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'
import { inFileOrder, labelOf } from '../verdict.ts'
import { compareScenario } from './compare-scenario.ts'
import type { Difference, Unseen } from './difference.ts'
import { matchersOf } from './matcher-of.ts'
import { whyNotCompared } from './not-compared.ts'
import { sessionsOf } from './session-exchanges.ts'
import { pairsOf, type Side, sideOf } from './side.ts'
import { type StoryLine, storyOf } from './story.ts'

/** The timelines of a scenario, side by side. */
export interface Stories {
  readonly simulation: readonly StoryLine[]
  readonly endpoint: readonly StoryLine[]
}

/** A scenario that ran on both sides. */
export interface ComparedScenario {
  /** As verdicts name it. */
  readonly scenario: string
  readonly results: { readonly simulation: Result; readonly endpoint: Result }
  /** How many orders were held side by side. */
  readonly orders: number
  readonly differences: readonly Difference[]
  readonly unseen: readonly Unseen[]
  /** Only where there are differences. */
  readonly stories?: Stories
}

type Result = ScenarioRecord['status'] | 'ran'

/** A scenario that cannot be compared: it is not equal, it is unknown. */
export interface NotCompared {
  readonly scenario: string
  readonly why: string
}

/** What comparing two runs came to, scenario by scenario, in the order of the feature files. */
export interface Drift {
  readonly simulation: RunFacts
  readonly endpoint: RunFacts
  readonly compared: readonly ComparedScenario[]
  readonly notCompared: readonly NotCompared[]
}

/**
 * Compares every scenario that both runs verified, as order timelines and answers. Records in,
 * differences out: nothing is waived here.
 *
 * @param simulation - The run that is to be like the other one.
 * @param endpoint - The run that shows how things are.
 */
export function driftOf(simulation: RunRecord, endpoint: RunRecord): Drift {
  const matchers = [matchersOf(simulation.run), matchersOf(endpoint.run)] as const
  const others = new Map(endpoint.scenarios.map((each) => [placeOf(each), each]))
  const own = new Set(simulation.scenarios.map(placeOf))
  const strangers = endpoint.scenarios.filter((each) => !own.has(placeOf(each)))
  const compared: ComparedScenario[] = []
  const notCompared: NotCompared[] = []
  for (const scenario of inFileOrder([...simulation.scenarios, ...strangers])) {
    const here = own.has(placeOf(scenario)) ? scenario : undefined
    const there = others.get(placeOf(scenario))
    const why = whyNotCompared(here, there, simulation.run, endpoint.run)
    const label = labelOf(scenario)
    if (why !== undefined || !here?.evidence || !there?.evidence) {
      notCompared.push({ scenario: label, why: why ?? 'it left no evidence' })
      continue
    }
    compared.push(
      comparedScenario(label, [here.evidence, there.evidence], matchers, {
        simulation: here.status,
        endpoint: there.status,
      }),
    )
  }
  return {
    simulation: simulation.run,
    endpoint: endpoint.run,
    compared: [...compared, ...theRuns(simulation, endpoint, matchers)],
    notCompared,
  }
}

function placeOf({ uri, line }: ScenarioRecord): string {
  return `${uri}:${line}`
}

type Both<T> = readonly [T, T]

function comparedScenario(
  scenario: string,
  evidences: Both<ScenarioEvidence>,
  matchers: Both<ReturnType<typeof matchersOf>>,
  results: ComparedScenario['results'],
): ComparedScenario {
  const simulation = sideOf(evidences[0], matchers[0](evidences[0]))
  const endpoint = sideOf(evidences[1], matchers[1](evidences[1]))
  const comparison = compareScenario(simulation, endpoint)
  const isSame = comparison.differences.length === 0
  return {
    ...{ scenario, results, ...comparison },
    ...(isSame ? {} : { stories: storiesOf(simulation, endpoint) }),
  }
}

function storiesOf(simulation: Side, endpoint: Side): Stories {
  const pairs = pairsOf(simulation, endpoint)
  return {
    simulation: storyOf('simulation', simulation, pairs),
    endpoint: storyOf('endpoint', endpoint, pairs),
  }
}

/** On an endpoint scenarios share sessions that the run itself opened: what was told then. */
function theRuns(
  simulation: RunRecord,
  endpoint: RunRecord,
  matchers: Both<ReturnType<typeof matchersOf>>,
): ComparedScenario[] {
  const sessions = sessionsOf(simulation, endpoint)
  if (!sessions) return []
  const ran = { simulation: 'ran', endpoint: 'ran' } as const
  const both = [sessions.simulation, sessions.endpoint] as const
  return [comparedScenario(sessions.label, both, matchers, ran)]
}
