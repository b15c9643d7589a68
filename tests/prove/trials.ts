import type { DeviationTrial, VariationTrial } from '../../src/cli/prove/trial.ts'
import type { Notice, TrialResult } from '../../src/cli/prove/trial-result.ts'

/** A deviation that breaks a rule; by itself it does nothing. */
export function deviationTrial(
  id: string,
  breaks: string,
  behaviour: DeviationTrial['behaviour'] = {},
): DeviationTrial {
  return { kind: 'deviation', id, sentence: `It is ${id}.`, breaks, behaviour }
}

export function variationTrial(
  id: string,
  behaviour: VariationTrial['behaviour'] = {},
): VariationTrial {
  return { kind: 'variation', id, isCombination: false, behaviour }
}

export function noticeOf(rule: string, findings = 1): Notice {
  return { rule, findings, scenario: 'features/x.feature:7 One', detail: `against ${rule}` }
}

/** What a run came to in which these rules found something. */
export function resultWith(...rules: readonly string[]): TrialResult {
  const notices = rules.map((rule) => noticeOf(rule))
  return { scenarios: 9, failed: 0, silent: 0, showing: 9, notices }
}
