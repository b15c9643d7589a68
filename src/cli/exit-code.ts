import { hasOtherShards } from '../evidence/parts/shard-of.ts'
import type { Verdict } from '../evidence/verdict.ts'

/** 0: every verified rule held. 1: a finding or a failed scenario. 2: it could not be judged. */
export type ExitCode = 0 | 1 | 2

/** What a run comes to as a process: the worst that can be said, a finding before anything else. */
export interface Outcome {
  readonly code: ExitCode
  /** Why it could not be judged; absent for 0 and 1. */
  readonly why?: string
  /** Said last: how to go on with a run that was interrupted. */
  readonly goOn?: string
}

/**
 * @param breakages - Why the run as a whole cannot be judged, if so; the first is told.
 * @param missing - What a full run did not observe; empty for a filtered one.
 * @param isRest - Whether it is what was left of a run: what that shows is judged of the whole.
 */
export function outcomeOf(
  { scenarios, findings, selection }: Verdict,
  planned: number,
  breakages: readonly string[],
  missing: readonly string[],
  isRest = false,
): Outcome {
  const { passed, failed, notVerified } = scenarios
  if (findings.length > 0 || failed > 0) return { code: 1 }
  const [breakage] = breakages
  if (breakage !== undefined) return cannotJudge(breakage)
  const ended = passed + notVerified
  if (ended < planned) return cannotJudge(`only ${ended} of ${planned} scenarios were run`)
  // Of a shard that is empty, or skips all that it holds, the others may show enough: merging judges.
  const isPart = isRest || hasOtherShards({ selection })
  if (passed === 0 && !isPart) return cannotJudge('no scenario was verified')
  if (missing.length > 0) return cannotJudge(`the full run did not observe ${missing.join(', ')}`)
  return { code: 0 }
}

function cannotJudge(why: string): Outcome {
  return { code: 2, why }
}
