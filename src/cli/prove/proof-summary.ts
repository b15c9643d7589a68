import type { Proof, RuleProof } from './proof.ts'

/** What a proof comes to. */
export interface ProofSummary {
  readonly deviations: number
  readonly caught: number
  /** Ids of deviations that no finding names the right rule of. */
  readonly escaped: readonly string[]
  readonly variations: number
  /** Ids of permitted variations that something was found in. */
  readonly falseAlarms: readonly string[]
  /** Ids of permitted variations in which no scenario showed anything. */
  readonly notJudged: readonly string[]
  /** Of these three, only a run of all says anything; empty otherwise. */
  readonly mustWithoutDeviation: readonly string[]
  readonly shouldWithoutDeviation: readonly string[]
  /**
   * Rules whose every deviation others notice too. Without such a rule its deviations escape all the same, as
   * the others name another one.
   */
  readonly neverAlone: readonly string[]
  /** Whether the judge is proved, as far as it was tried. */
  readonly isProved: boolean
}

export function summaryOf(proof: Proof): ProofSummary {
  const { deviations, variations, rules, scope, without } = proof
  const escaped = deviations.filter(({ verdict }) => verdict !== 'caught').map(({ id }) => id)
  const falseAlarms = variations
    .filter((variation) => variation.falseAlarms.length > 0)
    .map(({ id }) => id)
  const notJudged = variations.filter(({ isJudged }) => !isJudged).map(({ id }) => id)
  const isWhole = scope === 'all' && without.length === 0
  const idsOf = (which: (rule: RuleProof) => boolean) =>
    isWhole ? rules.filter(which).map(({ id }) => id) : []
  const isUntried = (rule: RuleProof) => rule.deviations.length === 0
  const mustWithoutDeviation = idsOf((rule) => rule.severity === 'must' && isUntried(rule))
  const shouldWithoutDeviation = idsOf((rule) => rule.severity === 'should' && isUntried(rule))
  // A rule that no deviation breaks is dead weight, whatever its own weight.
  const untried = [...mustWithoutDeviation, ...shouldWithoutDeviation]
  const wrong = [escaped, falseAlarms, notJudged, untried]
  return {
    ...{ deviations: deviations.length, caught: deviations.length - escaped.length, escaped },
    ...{ variations: variations.length, falseAlarms, notJudged },
    ...{ mustWithoutDeviation, shouldWithoutDeviation },
    neverAlone: idsOf((rule) => !isUntried(rule) && rule.findsAlone.length === 0),
    isProved: isClean(proof) && wrong.every((ids) => ids.length === 0),
  }
}

/** Whether the judge has nothing to say of the simulation as it is. */
export function isClean({ ordinary }: Pick<Proof, 'ordinary'>): boolean {
  return ordinary.failed === 0 && ordinary.findings.length === 0
}
