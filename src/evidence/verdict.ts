import type { AccountUse } from './account-use.ts'
import { byText } from './by-text.ts'
import type { Coverage } from './coverage.ts'
import type { Finding } from './finding.ts'
import type { ObservedVariant } from './observed-variants.ts'
import type { Severity } from './rules/rule.ts'
import type { RunReport } from './run-report.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'

/** What became of one scenario, as the runner reports it. */
export interface ScenarioResult {
  readonly uri: string
  readonly line: number
  readonly name: string
  readonly status: 'passed' | 'failed' | 'notVerified'
  /** Where and why it failed, or why it was not verified. */
  readonly failure?: { readonly step: string; readonly message: string } | undefined
  readonly notVerified?: string | undefined
  /** Absent where the scenario left none: whatever the runner says, nothing has been shown then. */
  readonly evidence?: ScenarioEvidence | undefined
}

/** A documented rule and what the run says about it. */
export interface RuleVerdict {
  readonly id: string
  /** Documented rules *must* hold, inferred ones *should*; a finding against either fails a run. */
  readonly severity: Severity
  readonly result: 'held' | 'broken' | 'not-verified'
  /** The scenarios that show it, as `uri:line name`. */
  readonly scenarios: readonly string[]
}

/** A finding and the scenario it was made in; `the run itself` where no scenario made it. */
export interface VerdictFinding extends Finding {
  readonly scenario: string
  /** How much the broken rule weighs. */
  readonly severity: Severity
}

/** What verdicts call the exchanges that belong to no scenario: login, preflight, clean-up. */
export const THE_RUN_ITSELF = 'the run itself'

/**
 * What transcripts call what the run sent of itself, as it happened. `the run itself` is judged on the
 * exchanges of scenarios too, and numbers all of them anew: neither number stands for the other.
 */
export const THE_RUNS_OWN = "the run's own"

/** Whether a transcript's line is of what a run sent of itself; it says so for each login apart. */
export function isRunsOwn(scenario: string): boolean {
  return scenario === THE_RUNS_OWN || scenario.startsWith(`${THE_RUNS_OWN}, login `)
}

/** The machine-readable result of a run, as written to `verdict.json`. Field names are stable. */
export interface Verdict extends Omit<RunReport, 'accounts'> {
  /** The users that the run traded as, and which scenarios as whom; absent where it was one. */
  readonly accounts?: readonly AccountUse[]
  /** The run's id; a verdict that was made without a run of its own has none. */
  readonly run?: string
  readonly target: string
  readonly baseUrl: string
  readonly startedAt: string
  readonly seed: string
  readonly scenarios: {
    readonly passed: number
    readonly failed: number
    readonly notVerified: number
  }
  readonly rules: readonly RuleVerdict[]
  readonly findings: readonly VerdictFinding[]
  /** What of the order models was observed. */
  readonly coverage: readonly Coverage[]
  /** Every failed scenario, with the step and the sentence it failed with. */
  readonly failures: readonly VerdictFailure[]
  /** Assumptions that this run changed; empty where all were the defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  /** What chose the scenarios; empty where all were to run. */
  readonly selection: readonly string[]
  /** The wrong behaviour that a simulation was made to show; absent in every ordinary run. */
  readonly deviation?: string
  /** How gaps of the documentation were seen to be filled, by setting. Never findings. */
  readonly variants: readonly ObservedVariant[]
  /** Every scenario that was not verified, and why. */
  readonly notVerified: readonly { readonly scenario: string; readonly reason: string }[]
  /** Why the run as a whole could not be judged; absent where it could. */
  readonly notJudged?: string
}

/** A failed scenario, and why. */
export interface VerdictFailure {
  readonly scenario: string
  readonly step: string
  readonly message: string
}

export interface RunFacts extends RunReport {
  /** Names the run, and is in everything that it writes. */
  readonly id?: string
  readonly target: string
  readonly seed: string
  readonly startedAt: string
  /** Where all scenarios were; that of the first one when absent. */
  readonly baseUrl?: string | undefined
  /** Settings of the simulation that differ from the defaults. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** What chose the scenarios, where not all were to run, e.g. `--name expired`. */
  readonly selection?: readonly string[]
}

/** Why a scenario was not verified, as far as anybody said. */
export function reasonOf({
  evidence,
  notVerified,
}: {
  readonly evidence?: Pick<ScenarioEvidence, 'notVerified'> | undefined
  readonly notVerified?: string | undefined
}): string {
  return evidence?.notVerified ?? notVerified ?? 'no reason was given'
}

/** How a verdict names a scenario. */
export function labelOf({
  uri,
  line,
  name,
}: Pick<ScenarioResult, 'uri' | 'line' | 'name'>): string {
  return `${uri}:${line} ${name}`
}

/** By feature file, then by line. */
export function inFileOrder<T extends Pick<ScenarioResult, 'uri' | 'line'>>(
  results: readonly T[],
): T[] {
  return results.toSorted((one, other) => byText(one.uri, other.uri) || one.line - other.line)
}

/** The step that a scenario failed in whose steps passed, and in which there is a finding. */
export const OBSERVED = 'what was observed'

/**
 * What a scenario counts as. Passing takes evidence, and a finding is a failure, whatever the steps
 * said.
 */
export function settled<T extends ScenarioResult>(result: T): T {
  const [finding] = result.evidence?.findings ?? []
  if (finding && result.status !== 'failed') {
    const failure = { step: OBSERVED, message: `${finding.code}: ${finding.detail}` }
    return { ...result, status: 'failed', failure }
  }
  if (result.status === 'passed' && !result.evidence) {
    return { ...result, status: 'notVerified', notVerified: 'it left no evidence' }
  }
  return result
}
