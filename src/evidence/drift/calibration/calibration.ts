import { byText } from '../../by-text.ts'
import type { RunRecord } from '../../record/run-record.ts'
import type { ScenarioEvidence } from '../../scenario-evidence.ts'
import { labelOf, THE_RUN_ITSELF } from '../../verdict.ts'
import type { DriftReport } from '../drift-report.ts'
import { matchersOf } from '../matcher-of.ts'
import { type Side, sideOf } from '../side.ts'
import { errorCodes } from './error-codes.ts'
import { errorSightings } from './error-sightings.ts'
import { learnable } from './learnable.ts'
import { orderSightings } from './order-sightings.ts'
import { placingSightings } from './placing-sightings.ts'
import type { Contradiction, Proposal } from './proposal.ts'
import { sessionSightings } from './session-sightings.ts'
import type { SightingFinder, Witnessed } from './sighting.ts'
import { timingSightings } from './timing-sightings.ts'
import { tradeSightings } from './trade-sightings.ts'

const finders: readonly SightingFinder[] = [
  errorSightings,
  sessionSightings,
  placingSightings,
  orderSightings,
  tradeSightings,
  timingSightings,
]

/** What a run shows of the settings of the simulated exchange, by name. */
export interface Calibration {
  /** Also such as are what the simulation has already. */
  readonly proposals: readonly Proposal[]
  readonly contradictions: readonly Contradiction[]
}

/**
 * Settings under which the simulation would behave as the recorded endpoint. Names and values are those
 * of the fact sheet: whether the exchange can be set so is for its owner to check.
 */
export function calibrationOf(endpoint: RunRecord, report: DriftReport): Calibration {
  const proposals: Proposal[] = []
  const contradictions: Contradiction[] = []
  const bySetting = Map.groupBy(sightingsIn(endpoint), ({ setting }) => setting)
  for (const [setting, sightings] of bySetting) {
    const learned = learnable[setting]?.(setting, sightings)
    if (learned?.kind === 'proposal') proposals.push(learned.proposal)
    if (learned?.kind === 'contradiction') contradictions.push(learned.contradiction)
  }
  const codes = errorCodes(report)
  return {
    proposals: [
      ...withAdvance(proposals),
      ...(codes.proposal ? [codes.proposal] : []),
      ...pathIn(endpoint),
    ].sort((one, other) => byText(one.setting, other.setting)),
    contradictions: [...contradictions, ...codes.contradictions].sort((one, other) =>
      byText(one.setting, other.setting),
    ),
  }
}

/** Where time moves orders, queries do not: counting them would not go together with it. */
function withAdvance(proposals: readonly Proposal[]): readonly Proposal[] {
  const timed = proposals.find(({ setting }) => setting === 'advance.afterMs')
  if (!timed) return proposals
  const { scenarios, witnesses } = timed
  return [
    ...proposals.filter(({ setting }) => setting !== 'advance.receivedQueries'),
    {
      ...{ setting: 'advance', value: 'afterMs', certainty: 'likely' },
      because: 'orders take seconds to their end, however often they are queried',
      ...{ scenarios, witnesses },
    },
  ]
}

/** Where the run asked for orders by client id: that is what it was told, and it worked or not. */
function pathIn({ run, scenarios }: RunRecord): Proposal[] {
  const value = run.settings['paths.queryByClient']
  const asked = scenarios.flatMap((each) => {
    const found = each.evidence?.exchanges.find(
      ({ operation, response }) => operation === 'queryOrders' && response?.status === 200,
    )
    return found ? [{ scenario: labelOf(each), exchange: found.number }] : []
  })
  if (typeof value !== 'string' || asked.length === 0) return []
  const setting = 'paths.queryByClient'
  return [
    { setting, value, certainty: 'sure', scenarios: asked.length, witnesses: asked.slice(0, 5) },
  ]
}

function sightingsIn({ run, scenarios, own }: RunRecord): readonly Witnessed[] {
  const matcherOf = matchersOf(run)
  const all = [
    ...scenarios.flatMap((each) =>
      each.evidence ? [{ scenario: labelOf(each), evidence: each.evidence }] : [],
    ),
    ...(own ? [{ scenario: THE_RUN_ITSELF, evidence: own }] : []),
  ]
  return all.flatMap(({ scenario, evidence }) =>
    sightingsOf(
      evidence,
      sideOf(evidence, matcherOf(evidence)),
      // The run repeats what its scenarios did, and tells no step by step story of its own.
      scenario === THE_RUN_ITSELF,
    ).map((each) => ({
      ...each,
      scenario,
    })),
  )
}

/** What the judge noted already, and what is read off for this alone. */
function sightingsOf(evidence: ScenarioEvidence, side: Side, isRun: boolean) {
  const read = (isRun ? [errorSightings, sessionSightings] : finders).flatMap((find) => find(side))
  const counted = new Set([
    'advance.receivedQueries',
    'advance.skipNew',
    ...read.map(({ setting }) => setting),
  ])
  return [...evidence.variants.filter(({ setting }) => !counted.has(setting)), ...read]
}
