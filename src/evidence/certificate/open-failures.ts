import type { RunRecord } from '../record/run-record.ts'
import { type ScenarioRecord, wordsOf } from '../record/scenario-record.ts'
import { labelOf, type VerdictFailure, type VerdictFinding } from '../verdict.ts'
import { matchesScenario } from '../waivers/matches-scenario.ts'
import type { Waiver } from '../waivers/waiver.ts'
import { brokenOffStep } from './broken-off.ts'

/**
 * Failed scenarios that no waiver covers. One that failed by its findings alone is covered with
 * them. One that failed a step objects by itself: that is covered only by a waiver of one of its
 * findings that names scenarios, this one among them; whoever signed that knew what it does there. A
 * step that was begun, and that a finding broke off, has failed.
 *
 * @param open - The findings that nothing covers.
 * @param used - The waivers that count and are about something.
 */
export function openFailures(
  { scenarios, verdict }: RunRecord,
  open: readonly VerdictFinding[],
  used: readonly Waiver[],
): VerdictFailure[] {
  const uncovered = new Set(open.map(({ scenario }) => scenario))
  const records = new Map(scenarios.map((each) => [labelOf(each), each]))
  return verdict.failures.flatMap((failure) => {
    const { scenario } = failure
    const findings = verdict.findings.filter((finding) => finding.scenario === scenario)
    const record = records.get(scenario)
    const broken = record && brokenOffStep(record, findings)
    if (!broken && isByFindings(failure, findings, record)) return []
    const isNamed = used.some(
      (waiver) =>
        waiver.scenario !== undefined &&
        matchesScenario(waiver.scenario, scenario) &&
        findings.some(({ rule }) => rule === waiver.rule),
    )
    if (!uncovered.has(scenario) && isNamed) return []
    return [broken ? { ...failure, step: wordsOf(broken) } : failure]
  })
}

/** Whether every step passed, and what was found failed it. Of one without a record nobody knows. */
function isByFindings(
  { message }: VerdictFailure,
  findings: readonly VerdictFinding[],
  record: ScenarioRecord | undefined,
): boolean {
  return (
    record?.steps.every(({ status }) => status !== 'failed') === true &&
    findings.some(({ code }) => message.includes(code))
  )
}
