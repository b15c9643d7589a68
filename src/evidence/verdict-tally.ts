import { accountUseOf } from './account-use.ts'
import { CoverageTally } from './coverage.ts'
import type { Finding } from './finding.ts'
import { observedVariants } from './observed-variants.ts'
import { ruleVerdicts, type Witness } from './rule-verdicts.ts'
import { catalogue } from './rules/catalogue.ts'
import type { Severity } from './rules/rule.ts'
import { runReportOf } from './run-report.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'

import {
  inFileOrder,
  labelOf,
  type RunFacts,
  reasonOf,
  type ScenarioResult,
  settled,
  THE_RUN_ITSELF,
  type Verdict,
  type VerdictFailure,
  type VerdictFinding,
} from './verdict.ts'

/** What a verdict is computed from, of what a scenario saw. */
type Sight = Pick<
  ScenarioEvidence,
  'baseUrl' | 'account' | 'findings' | 'rulesHeld' | 'variants' | 'deviation' | 'notVerified'
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
  /** What scenarios saw, by its text: very many of them see the same. */
  readonly #shared = new Map<string, unknown>()

  add(result: ScenarioResult): void {
    const { evidence } = result
    const { uri, line, name, status, failure, notVerified } = settled(result)
    if (evidence) this.#coverage.add(evidence)
    this.#seen.push({
      ...{ uri, line, name, status, failure, notVerified },
      evidence: evidence && this.#sightOf(evidence),
    })
  }

  #sightOf(evidence: ScenarioEvidence): Sight {
    const { baseUrl, account, findings, rulesHeld, variants, deviation, notVerified } = evidence
    return {
      ...{ baseUrl, account, findings, deviation, notVerified },
      rulesHeld: this.#once(rulesHeld),
      variants: this.#once(variants),
    }
  }

  /** The first one that was equal to it. */
  #once<T>(value: T): T {
    const text = JSON.stringify(value)
    if (!this.#shared.has(text)) this.#shared.set(text, value)
    return this.#shared.get(text) as T
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
      ...accountUseOf(
        run.accounts,
        ordered.map((each) => ({ label: labelOf(each), account: each.evidence?.account })),
      ),
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

function failureOf(result: Seen): VerdictFailure {
  const { step, message } = result.failure ?? { step: 'unknown step', message: 'no message' }
  return { scenario: labelOf(result), step, message }
}

/** The run itself is judged on what scenarios saw too: what they have found is not told twice. */
function withoutTold(own: ScenarioEvidence, results: readonly Seen[]): Sight {
  const idOf = ({ code, orderId }: Finding) => JSON.stringify([code, orderId])
  const told = new Set(results.flatMap(({ evidence }) => (evidence?.findings ?? []).map(idOf)))
  return { ...own, findings: own.findings.filter((finding) => !told.has(idOf(finding))) }
}

function weightOf(rule: string): Severity {
  return catalogue.find(({ id }) => id === rule)?.severity ?? 'must'
}

function deviationOf(witnesses: readonly Witness[]): Pick<Verdict, 'deviation'> {
  const deviation = witnesses.find(({ evidence }) => evidence?.deviation)?.evidence?.deviation
  return deviation === undefined ? {} : { deviation }
}
