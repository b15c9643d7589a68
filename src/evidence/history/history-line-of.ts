import { byText } from '../by-text.ts'
import type { RunFacts } from '../record/run-facts.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'
import type { Verdict } from '../verdict.ts'
import type { FeatureResults, HistoryLine, PastFinding } from './history-line.ts'
import { placeOf } from './past-results.ts'
import { type StepWords, wordsOf } from './words-of.ts'

/** What became of a scenario, and what it says. */
export interface PastScenario extends Pick<ScenarioRecord, 'uri' | 'line' | 'name' | 'status'> {
  readonly steps: readonly StepWords[]
}

export interface EndedRun {
  readonly run: Pick<
    RunFacts,
    'id' | 'target' | 'startedAt' | 'seed' | 'selection' | 'settings' | 'account'
  >
  readonly verdict: Verdict
  /** In any order. */
  readonly scenarios: readonly PastScenario[]
  /** Milliseconds. */
  readonly tookMs: number
  readonly exitCode: number
  readonly notJudged?: string | undefined
  /** Version of the harness. */
  readonly software: string
  /** SHA-256 of the evidence manifest, in hex. */
  readonly manifest?: string | undefined
}

/** What is kept of a run. */
export function historyLineOf(ended: EndedRun): HistoryLine {
  const { run, verdict, scenarios, tookMs, exitCode, notJudged, software, manifest } = ended
  const { id, target, startedAt, seed, selection, settings, account } = run
  const having = (wanted: Verdict['rules'][number]['result']) =>
    verdict.rules.filter(({ result }) => result === wanted).map((rule) => rule.id)
  return {
    history: 1,
    run: id,
    target,
    ...(verdict.baseUrl !== '' && { baseUrl: verdict.baseUrl }),
    ...(account && { org: account.org }),
    startedAt,
    tookMs,
    seed,
    selection,
    settings,
    software,
    exitCode,
    ...(notJudged !== undefined && { notJudged }),
    counts: verdict.scenarios,
    rules: {
      held: having('held'),
      broken: having('broken'),
      'not-verified': having('not-verified'),
    },
    findings: findingsOf(verdict),
    scenarios: byFeature(scenarios),
    ...(manifest !== undefined && { manifest }),
  }
}

function byFeature(scenarios: readonly PastScenario[]): FeatureResults[] {
  const features = Map.groupBy(
    scenarios.toSorted((one, other) => one.line - other.line),
    ({ uri }) => uri,
  )
  return [...features]
    .sort(([one], [other]) => byText(one, other))
    .map(([uri, own]) => {
      const having = (wanted: PastScenario['status']) =>
        own
          .filter(({ status }) => status === wanted)
          .map(({ name, steps }): [string, string] => [name, wordsOf(steps)])
      return {
        uri,
        passed: having('passed'),
        failed: having('failed'),
        notVerified: having('notVerified'),
      }
    })
}

function findingsOf({ findings }: Verdict): PastFinding[] {
  const all = findings.map(
    ({ code, rule, scenario }): PastFinding => ({ code, rule, ...placeOf(scenario) }),
  )
  return [...new Map(all.map((finding) => [JSON.stringify(finding), finding])).values()]
}
