import { byText } from './by-text.ts'
import { type Coverage, CoverageTally } from './coverage.ts'
import type { Finding } from './finding.ts'
import { type ObservedVariant, observedVariants } from './observed-variants.ts'
import { ruleVerdicts, type Witness } from './rule-verdicts.ts'
import { catalogue } from './rules/catalogue.ts'
import type { Severity } from './rules/rule.ts'
import { type RunReport, runReportOf } from './run-report.ts'
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

/** The machine-readable result of a run, as written to `verdict.json`. Field names are stable. */
export interface Verdict extends RunReport {
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

/** What a verdict is computed from, of what a scenario saw. */
type Sight = Pick<
  ScenarioEvidence,
  'baseUrl' | 'findings' | 'rulesHeld' | 'variants' | 'deviation' | 'notVerified'
>

interface Seen extends Omit<ScenarioResult, 'evidence'> {
  readonly evidence?: Sight | undefined
}

/**
 * The verdict on a run, taken scenario by scenario: of each it keeps what the verdict says, and nothing of
 * its exchanges, so that very many fit into memory. It depends on what the scenarios saw and where they
 * stand, never on when or in what order they ran: serial, shuffled and parallel runs give the same one.
 */
export class VerdictTally {
  readonly #seen: Seen[] = []
  readonly #coverage = new CoverageTally()

  add(result: ScenarioResult): void {
    const { evidence } = result
    const { uri, line, name, status, failure, notVerified } = settled(result)
    if (evidence) this.#coverage.add(evidence)
    this.#seen.push({
      ...{ uri, line, name, status, failure, notVerified },
      evidence: evidence && sightOf(evidence),
    })
  }

  /** @param own - What the exchanges show that belong to the run and to no scenario. */
  verdict(run: RunFacts, own?: ScenarioEvidence): Verdict {
    const ordered = inFileOrder(this.#seen)
    const count = (status: ScenarioResult['status']) =>
      ordered.filter((result) => result.status === status).length
    const witnesses: Witness[] = [
      ...ordered.map((result) => ({ label: labelOf(result), evidence: result.evidence })),
      ...(own ? [{ label: THE_RUN_ITSELF, evidence: withoutTold(own, ordered) }] : []),
    ]
    const findings = witnesses.flatMap(({ label: scenario, evidence }) =>
      (evidence?.findings ?? []).map(
        ({ code, rule, ...finding }): VerdictFinding => ({
          ...{ code, rule, severity: weightOf(rule), scenario },
          ...finding,
        }),
      ),
    )
    return {
      ...(run.id !== undefined && { run: run.id }),
      target: run.target,
      baseUrl: run.baseUrl ?? witnesses.find(({ evidence }) => evidence)?.evidence?.baseUrl ?? '',
      startedAt: run.startedAt,
      seed: run.seed,
      scenarios: {
        passed: count('passed'),
        failed: count('failed'),
        notVerified: count('notVerified'),
      },
      rules: ruleVerdicts(witnesses, findings),
      findings,
      coverage: this.#coverage.coverage(own),
      failures: ordered.filter(({ status }) => status === 'failed').map(failureOf),
      settings: run.settings ?? {},
      selection: run.selection ?? [],
      ...deviationOf(witnesses),
      variants: observedVariants(witnesses),
      ...runReportOf(run),
      notVerified: ordered
        .filter(({ status }) => status === 'notVerified')
        .map((result) => ({ scenario: labelOf(result), reason: reasonOf(result) })),
    }
  }
}

/** The verdict on scenarios that are all at hand. @param own - As for `VerdictTally.verdict`. */
export function verdictOf(
  run: RunFacts,
  results: Iterable<ScenarioResult>,
  own?: ScenarioEvidence,
): Verdict {
  const tally = new VerdictTally()
  for (const result of results) tally.add(result)
  return tally.verdict(run, own)
}

function sightOf(evidence: ScenarioEvidence): Sight {
  const { baseUrl, findings, rulesHeld, variants, deviation, notVerified } = evidence
  return { baseUrl, findings, rulesHeld, variants, deviation, notVerified }
}

function failureOf(result: Seen): VerdictFailure {
  const { step, message } = result.failure ?? { step: 'unknown step', message: 'no message' }
  return { scenario: labelOf(result), step, message }
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

/** The run itself is judged on what scenarios saw too: what they have found is not told twice. */
function withoutTold(own: ScenarioEvidence, results: readonly Seen[]): Sight {
  const idOf = ({ code, orderId }: Finding) => JSON.stringify([code, orderId])
  const told = new Set(results.flatMap(({ evidence }) => (evidence?.findings ?? []).map(idOf)))
  return { ...own, findings: own.findings.filter((finding) => !told.has(idOf(finding))) }
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

/**
 * What a scenario counts as. Passing takes evidence, and a finding is a failure, whatever the steps
 * said.
 */
export function settled<T extends ScenarioResult>(result: T): T {
  const [finding] = result.evidence?.findings ?? []
  if (finding && result.status !== 'failed') {
    const failure = { step: 'what was observed', message: `${finding.code}: ${finding.detail}` }
    return { ...result, status: 'failed', failure }
  }
  if (result.status === 'passed' && !result.evidence) {
    return { ...result, status: 'notVerified', notVerified: 'it left no evidence' }
  }
  return result
}

function weightOf(rule: string): Severity {
  return catalogue.find(({ id }) => id === rule)?.severity ?? 'must'
}

function deviationOf(witnesses: readonly Witness[]): Pick<Verdict, 'deviation'> {
  const deviation = witnesses.find(({ evidence }) => evidence?.deviation)?.evidence?.deviation
  return deviation === undefined ? {} : { deviation }
}
