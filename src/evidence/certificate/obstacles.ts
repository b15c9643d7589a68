import { few } from '../few.ts'
import type { RunRecord } from '../record/run-record.ts'
import { isSimulated } from '../simulated.ts'
import { SIMULATION_SCOPE } from '../summary.ts'
import type { CertificateTerms } from './certificate-terms.ts'
import { ageProblem } from './validity.ts'

/**
 * Why a run can carry no certificate, whatever it has found; one sentence each, without its full
 * stop. Empty where it can.
 */
export function obstaclesTo(record: RunRecord, terms: CertificateTerms): string[] {
  const { verdict, run } = record
  const { evidence, digests } = terms
  const { selection, deviation, leftWorking = [], inDoubt = [] } = verdict
  const unknown = inDoubt.filter(({ result }) => result === 'unknown')
  const changed = (['model', 'rules', 'api'] as const).filter(
    (what) => run.digests[what] !== digests[what],
  )
  return [
    ...(isSimulated(run.target) ? [withoutStop(SIMULATION_SCOPE)] : []),
    ...notJudged(record),
    ...(deviation === undefined ? [] : [`the simulation deviated on purpose: ${deviation}`]),
    ...(selection.length === 0 ? [] : [`not all scenarios were run: ${selection.join(' ')}`]),
    ...settingProblems(record, terms),
    ...(leftWorking.length === 0
      ? []
      : [
          `orders may be working still: ${few(leftWorking.map(({ orderId, coId }) => `${orderId} (client id ${coId})`))}`,
        ]),
    ...(unknown.length === 0
      ? []
      : [
          `of some placings nobody knows what became: client id ${few(unknown.map(({ coId }) => coId))}`,
        ]),
    ...evidence.problems.map((problem) => `the evidence is not intact: ${problem}`),
    ...(changed.length === 0
      ? []
      : [
          `${changed.map((what) => NAMES[what]).join(' and ')} changed since the run: run it again`,
        ]),
    ...ageProblem(run, terms.issuedAt),
  ]
}

const NAMES = { model: 'the order models', rules: 'the rules', api: 'the contract' } as const

function notJudged({ verdict }: RunRecord): string[] {
  const { interrupted, notJudged: why, scenarios } = verdict
  const cut = typeof interrupted === 'string' ? interrupted : JSON.stringify(interrupted)
  if (why !== undefined) return [`the run could not be judged: ${why}`]
  if (interrupted !== undefined) return [`the run broke off: ${cut}`]
  return scenarios.passed + scenarios.failed === 0 ? ['no scenario was verified'] : []
}

function settingProblems({ run, verdict }: RunRecord, { milder }: CertificateTerms): string[] {
  const names = Object.keys(verdict.settings)
  if (isSimulated(run.target)) {
    return names.length === 0 ? [] : [`assumptions were changed: ${few(names)}`]
  }
  return milder.length === 0 ? [] : [`it was judged more mildly than by default: ${few(milder)}`]
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
