import type { RunRecord } from '../record/run-record.ts'
import { countOf } from '../summary.ts'

/** What a run came to. `failed`: scenarios did, though no rule broke. `not judged`: it shows neither that rules held nor that one broke. */
export interface Standing {
  readonly word: 'held' | 'broken' | 'failed' | 'not judged'
  /** In one sentence, without the target. */
  readonly sentence: string
}

/**
 * What a run came to, as its exit code said: a finding outranks whatever broke the run off, and
 * nothing is held where nothing was seen.
 */
export function standingOf({ verdict }: RunRecord): Standing {
  const { scenarios, findings, rules, interrupted } = verdict
  const broken = rules.filter(({ result }) => result === 'broken').length
  const notJudged = whyNotJudged(verdict)
  if (findings.length > 0 || scenarios.failed > 0) {
    const parts = [
      ...(broken > 0
        ? [`${countOf(broken, 'rule')} broken, with ${countOf(findings.length, 'finding')}`]
        : []),
      ...(scenarios.failed > 0 ? [`${countOf(scenarios.failed, 'scenario')} failed`] : []),
    ]
    return { word: findings.length > 0 ? 'broken' : 'failed', sentence: `${parts.join('; ')}.` }
  }
  if (notJudged !== undefined) return { word: 'not judged', sentence: `${notJudged}.` }
  if (interrupted !== undefined) return { word: 'not judged', sentence: 'The run was broken off.' }
  if (scenarios.passed === 0) return { word: 'not judged', sentence: 'No scenario was verified.' }
  const held = rules.filter(({ result }) => result === 'held').length
  const sentence =
    held === rules.length
      ? `All ${countOf(held, 'rule')} held.`
      : `Every rule that was verified held: ${held} of ${rules.length}; ${rules.length - held} not verified.`
  return { word: 'held', sentence }
}

/** `verify` writes it beside what a verdict consists of, where a run could not be judged. */
function whyNotJudged(verdict: object): string | undefined {
  return 'notJudged' in verdict && typeof verdict.notJudged === 'string'
    ? verdict.notJudged
    : undefined
}
