import type { RunFacts } from '../record/run-facts.ts'
import type { RunRecord } from '../record/run-record.ts'
import { catalogue } from '../rules/catalogue.ts'
import { countOf } from '../summary.ts'
import type { RuleVerdict, VerdictFailure, VerdictFinding } from '../verdict.ts'
import { type Applied, applyWaivers } from '../waivers/apply-waivers.ts'
import type { CertificateTerms } from './certificate-terms.ts'
import type { EvidenceCheck } from './evidence-check.ts'
import { obstaclesTo } from './obstacles.ts'
import { openFailures } from './open-failures.ts'
import { dayOf, type Validity, validityOf } from './validity.ts'

export type CertificateResult = 'granted' | 'granted with exceptions' | 'not granted'

/** A finding by its number on the sheet, from 1, and the exceptions that are about it. */
export interface NumberedFinding extends VerdictFinding {
  readonly number: number
  /** The lines of the transcript that hold its exchanges. */
  readonly records: readonly number[]
  /** Numbers of exceptions, from 1, whether they count or not. */
  readonly exceptions: readonly number[]
  /** Whether one of them counts. */
  readonly isWaived: boolean
}

/** A waiver by its number on the sheet, from 1, and the findings that it is about. */
export interface Exception extends Omit<Applied<NumberedFinding>, 'about'> {
  readonly number: number
  /** Numbers of findings. */
  readonly findings: readonly number[]
}

/** What a run comes to as a certificate. */
export interface Certificate {
  readonly result: CertificateResult
  /** Why, in sentences; the weightiest first. */
  readonly reasons: readonly string[]
  /** What is to be known before it is believed: sentences. */
  readonly cautions: readonly string[]
  readonly provider: string
  readonly issuedAt: string
  readonly run: RunFacts
  readonly evidence: EvidenceCheck
  readonly validity: Validity
  readonly findings: readonly NumberedFinding[]
  readonly exceptions: readonly Exception[]
  /** Scenarios that failed, and that no exception covers. */
  readonly failures: readonly VerdictFailure[]
  /** Why nothing can be certified here, whatever was found. */
  readonly obstacles: readonly string[]
  readonly rules: readonly RuleVerdict[]
}

/** Judges whether a run carries a certificate. What is waived is told all the same. */
export function certificateOf(record: RunRecord, terms: CertificateTerms): Certificate {
  const { verdict, run } = record
  const { provider, issuedAt, evidence, cautions, recordOf } = terms
  // A waiver may be about what other commands compare: that is no matter of a certificate.
  const waivers = terms.waivers.filter(({ rule }) => catalogue.some(({ id }) => id === rule))
  const day = dayOf(issuedAt)
  // What is against one rule stands together.
  const all = [...Map.groupBy(verdict.findings, ({ rule }) => rule).values()].flat()
  const { applied, open } = applyWaivers(all, waivers, { target: run.target, day })
  const findings = all.map(
    (finding, at): NumberedFinding => ({
      ...finding,
      number: at + 1,
      records: finding.exchanges.flatMap((each) => recordOf(finding.scenario, each) ?? []),
      exceptions: applied.flatMap(({ about }, index) =>
        about.includes(finding) ? [index + 1] : [],
      ),
      isWaived: !open.includes(finding),
    }),
  )
  const exceptions = applied.map(
    ({ waiver, state, about }, at): Exception => ({
      ...{ number: at + 1, waiver, state },
      findings: about.map((finding) => all.indexOf(finding) + 1),
    }),
  )
  const used = exceptions.filter(
    ({ state, findings: about }) => state === 'in force' && about.length > 0,
  )
  const failures = openFailures(
    record,
    open,
    used.map(({ waiver }) => waiver),
  )
  const obstacles = obstaclesTo(record, terms)
  const objections = [...objectionsTo(open, failures, exceptions), ...obstacles.map(asSentence)]
  return {
    result:
      objections.length > 0
        ? 'not granted'
        : used.length > 0
          ? 'granted with exceptions'
          : 'granted',
    reasons: objections.length > 0 ? objections : groundsOf(record, used.length),
    cautions,
    provider,
    issuedAt: issuedAt.toISOString(),
    run,
    evidence,
    validity: validityOf(
      run,
      used.map(({ waiver }) => waiver),
    ),
    findings,
    exceptions,
    failures,
    obstacles,
    rules: verdict.rules,
  }
}

/** Whether something was found that nobody answers for, apart from what cannot be certified at all. */
export function hasObjections({ findings, failures, exceptions }: Certificate): boolean {
  return (
    findings.some(({ isWaived }) => !isWaived) ||
    failures.length > 0 ||
    exceptions.some(({ state }) => state === 'expired')
  )
}

function objectionsTo(
  open: readonly VerdictFinding[],
  failures: readonly VerdictFailure[],
  exceptions: readonly Exception[],
): string[] {
  const broken = new Set(open.map(({ rule }) => rule)).size
  const expired = exceptions.filter(({ state }) => state === 'expired')
  return [
    ...(open.length === 0
      ? []
      : [
          `${countOf(open.length, 'finding')} against ${countOf(broken, 'rule')}, which no exception covers.`,
        ]),
    ...(failures.length === 0 ? [] : [`${countOf(failures.length, 'scenario')} failed at a step.`]),
    ...expired.map(
      ({ number, waiver: { rule, expires, owner } }) =>
        `Exception ${number}, to ${rule}, expired on ${expires}: ${owner} answers for it no longer.`,
    ),
  ]
}

function groundsOf({ verdict }: RunRecord, exceptions: number): string[] {
  const { passed, failed, notVerified } = verdict.scenarios
  const count = (result: RuleVerdict['result']) =>
    verdict.rules.filter((rule) => rule.result === result).length
  return [
    `${passed} of ${countOf(passed + failed + notVerified, 'scenario')} passed${failed === 0 ? '' : `, ${failed} failed by what exceptions cover`}, ${count('held')} of ${countOf(verdict.rules.length, 'rule')} were observed to hold.`,
    ...(exceptions === 0
      ? ['No rule was seen to be broken.']
      : [
          `${countOf(verdict.findings.length, 'finding')} against ${countOf(count('broken'), 'rule')}, covered by ${countOf(exceptions, 'exception')}.`,
        ]),
    ...(notVerified + count('not-verified') === 0
      ? []
      : [
          `${countOf(count('not-verified'), 'rule')} and ${countOf(notVerified, 'scenario')} were not verified, and are not certified: see below.`,
        ]),
  ]
}

function asSentence(why: string): string {
  return `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`
}
