import { type Account, isSameAccount } from './account.ts'
import { byText } from './by-text.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import type { Finding } from './finding.ts'
import { type ObservedVariant, observedVariants } from './observed-variants.ts'
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

/** One of several users of a run, and the scenarios that traded as that one. */
export interface AccountUse extends Account {
  readonly scenarios: readonly string[]
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

/**
 * The verdict on a run. It depends on what the scenarios saw and where they stand, never on when or
 * in what order they ran: serial, shuffled and parallel runs give the same one.
 *
 * @param own - What the exchanges show that belong to the run and to no scenario.
 */
export function verdictOf(
  run: RunFacts,
  results: readonly ScenarioResult[],
  own?: ScenarioEvidence,
): Verdict {
  const ordered = inFileOrder(results).map(settled)
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
    rules: rulesOf(witnesses, findings),
    findings,
    coverage: coverageOf(witnesses.flatMap(({ evidence }) => evidence ?? [])),
    failures: ordered
      .filter(({ status }) => status === 'failed')
      .map((result) => {
        const { step, message } = result.failure ?? { step: 'unknown step', message: 'no message' }
        return { scenario: labelOf(result), step, message }
      }),
    settings: run.settings ?? {},
    selection: run.selection ?? [],
    ...deviationOf(witnesses),
    variants: observedVariants(witnesses),
    ...runReportOf(run),
    ...accountUseOf(run, witnesses),
    notVerified: ordered
      .filter(({ status }) => status === 'notVerified')
      .map((result) => ({ scenario: labelOf(result), reason: reasonOf(result) })),
  }
}

/** Why a scenario was not verified, as far as anybody said. */
export function reasonOf({ evidence, notVerified }: ScenarioResult): string {
  return evidence?.notVerified ?? notVerified ?? 'no reason was given'
}

/** The run itself is judged on what scenarios saw too: what they have found is not told twice. */
function withoutTold(own: ScenarioEvidence, results: readonly ScenarioResult[]): ScenarioEvidence {
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

function accountUseOf(
  { accounts }: RunReport,
  witnesses: readonly Witness[],
): Pick<Verdict, 'accounts'> {
  if (accounts === undefined) return {}
  const usedBy = (account: Account) =>
    witnesses.filter(({ evidence }) => isSameAccount(account, evidence?.account))
  return {
    accounts: accounts.map((account) => ({
      ...account,
      scenarios: usedBy(account).map(({ label }) => label),
    })),
  }
}

function deviationOf(witnesses: readonly Witness[]): Pick<Verdict, 'deviation'> {
  const deviation = witnesses.find(({ evidence }) => evidence?.deviation)?.evidence?.deviation
  return deviation === undefined ? {} : { deviation }
}

/** Whoever saw something, by the name that the verdict has for it. */
interface Witness {
  readonly label: string
  readonly evidence: ScenarioEvidence | undefined
}

function rulesOf(
  witnesses: readonly Witness[],
  findings: readonly VerdictFinding[],
): RuleVerdict[] {
  const known = new Set(catalogue.map(({ id }) => id))
  const stray = [...new Set(findings.map(({ rule }) => rule))].filter((id) => !known.has(id))
  // A finding is never lost, whatever it names.
  const all = [...catalogue, ...stray.sort(byText).map((id) => ({ id, severity: 'must' as const }))]
  return all.map(({ id, severity }) => {
    const against = findings.filter(({ rule }) => rule === id).map(({ scenario }) => scenario)
    if (against.length > 0) {
      return { id, severity, result: 'broken', scenarios: [...new Set(against)] }
    }
    const held = witnesses
      .filter(({ evidence }) => evidence?.rulesHeld.includes(id))
      .map(({ label }) => label)
    return { id, severity, result: held.length > 0 ? 'held' : 'not-verified', scenarios: held }
  })
}
