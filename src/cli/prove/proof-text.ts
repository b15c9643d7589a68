import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'
import type { DeviationProof, Proof, VariationProof } from './proof.ts'
import { isClean, summaryOf } from './proof-summary.ts'
import type { Notice } from './trial-result.ts'

/** What `prove` prints: each deviation and variation in the order of the list, then the sum. */
export function proofText(proof: Proof): string {
  const { deviations, variations, without } = proof
  return [
    ...(without.length === 0 ? [] : [`The judge without ${without.join(', ')}`, '']),
    ...ordinaryLines(proof),
    ...section('Deviations', align(deviations.map(deviationRow))),
    ...section('Permitted variations', align(variations.map(variationRow))),
    ...(isClean(proof) ? section('Sum', sumLines(proof)) : []),
  ].join('\n')
}

function ordinaryLines(proof: Proof): string[] {
  const { ordinary, scenarios } = proof
  const { failed, findings } = ordinary
  const which = `${countOf(scenarios, 'scenario')} on the simulation as it is`
  if (isClean(proof)) return [`${which}: no finding`]
  return [
    `${which}: ${failed} failed, so that nothing can be proved`,
    ...findings.map((notice) => `  ${noticeText(notice)}`),
  ]
}

function deviationRow({ id, verdict, breaks, foundBy }: DeviationProof): string[] {
  const others = foundBy.map(({ rule }) => rule).filter((rule) => rule !== breaks)
  if (verdict === 'caught') {
    return ['caught', id, `by ${breaks}${others.length === 0 ? '' : `; also ${others.join(', ')}`}`]
  }
  const found = others.length === 0 ? 'nothing was found' : `found only ${others.join(', ')}`
  return ['ESCAPED', id, `${breaks} says nothing; ${found}`]
}

function variationRow({ id, stopped, isJudged, falseAlarms }: VariationProof): string[] {
  if (falseAlarms.length > 0) {
    return ['FALSE ALARM', id, falseAlarms.map(noticeText).join('; ')]
  }
  if (!isJudged) return ['NOT JUDGED', id, 'no scenario passed, and nothing was observed']
  const assumes = `${countOf(stopped, 'scenario')} ${stopped === 1 ? 'assumes' : 'assume'}`
  return ['clean', id, stopped === 0 ? '' : `${assumes} another value, and stopped`]
}

function noticeText({ rule, findings, scenario, detail }: Notice): string {
  return `${rule}: ${countOf(findings, 'finding')}, first in ${scenario}: ${detail}`
}

function sumLines(proof: Proof): string[] {
  const sum = summaryOf(proof)
  const alone = proof.rules.filter(({ findsAlone }) => findsAlone.length > 0).length
  return [
    `${sum.caught} of ${sum.deviations} deviations caught by the rule they break, ${sum.escaped.length} escaped`,
    `${countOf(sum.variations, 'permitted variation')}, ${countOf(sum.falseAlarms.length, 'false alarm')}${sum.notJudged.length === 0 ? '' : `, ${sum.notJudged.length} not judged`}`,
    ...(proof.scope === 'all' && proof.without.length === 0
      ? [
          `${alone} of ${proof.rules.length} rules that can be broken notice a deviation that no other rule does`,
          listed('Must rules without a deviation', sum.mustWithoutDeviation),
          listed('Should rules without a deviation', sum.shouldWithoutDeviation),
          listed('Rules whose deviations others notice too, under another name', sum.neverAlone),
        ]
      : []),
  ]
}

function listed(title: string, ids: readonly string[]): string {
  return `${title}: ${ids.length === 0 ? 'none' : `${ids.length} (${ids.join(', ')})`}`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`.trimEnd())]
}
