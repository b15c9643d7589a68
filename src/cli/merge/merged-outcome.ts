import { missingFromFullRun } from '../../evidence/completeness.ts'
import { gapsIn } from '../../evidence/coverage.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { RunReport } from '../../evidence/run-report.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { type Outcome, outcomeOf } from '../exit-code.ts'
import { problemsOf } from '../run-problems.ts'
import type { Part } from './part.ts'

/** What a run that is made of parts comes to: as one that was made at once. */
export interface MergedRun {
  readonly facts: RunFacts
  readonly verdict: Verdict
  readonly report: RunReport
  readonly evidences: readonly ScenarioEvidence[]
}

/**
 * @param parts - Of which each must have been judged.
 * @param problems - Why pages and history could not be written, if so.
 */
export function mergedOutcome(
  { facts, verdict, report, evidences }: MergedRun,
  parts: readonly Part[],
  problems: readonly string[] = [],
): Outcome {
  const { plan, selection, target } = facts
  const isCoverageDue = plan?.requireCoverage === true && isSimulated(target)
  const missing =
    selection.length > 0
      ? []
      : [
          ...missingFromFullRun(evidences, { auth: plan?.auth ?? 'token' }),
          ...(isCoverageDue ? gapsIn(verdict.coverage) : []),
        ]
  const notJudged = parts.flatMap(({ dir, verdict: own }) =>
    own?.notJudged === undefined ? [] : [`the part in ${dir} could not be: ${own.notJudged}`],
  )
  const reasons = [...notJudged, ...problemsOf(report), ...problems]
  return outcomeOf(verdict, plan?.scenarios ?? 0, reasons, missing)
}
