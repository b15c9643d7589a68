import type { Finding } from '../finding.ts'
import type { ScenarioRecord, StepRecord } from '../record/scenario-record.ts'
import { byStep } from './exchanges-by-step.ts'

/**
 * The first step that was begun and that something found broke off; nothing where there is none. The
 * runner calls it skipped: what it waited for was no longer to come.
 *
 * @param findings - Of this scenario.
 */
export function brokenOffStep(
  scenario: ScenarioRecord,
  findings: readonly Pick<Finding, 'exchanges'>[],
): StepRecord | undefined {
  const exchanges = byStep(scenario)
  const last = new Set(findings.map((finding) => finding.exchanges.at(-1)))
  return scenario.steps.find(
    ({ status }, at) =>
      status === 'skipped' && exchanges.get(at)?.some(({ number }) => last.has(number)) === true,
  )
}
