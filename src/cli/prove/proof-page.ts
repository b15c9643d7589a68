import { countOf } from '../../evidence/summary.ts'
import { contents } from '../page/contents.ts'
import { type Html, html } from '../page/html.ts'
import { verdictLine } from '../page/mark.ts'
import { page } from '../page/page.ts'
import { utc } from '../page/utc.ts'
import type { Proof } from './proof.ts'
import { isClean, type ProofSummary, summaryOf } from './proof-summary.ts'
import { deviationTable, gaps, ruleTable, variationTable } from './proof-tables.ts'

export interface ProofPageFacts {
  readonly startedAt: Date
  readonly tookMs: number
  readonly seed: string
}

/** The proof as a page that needs nothing else: no script, no picture, no address. */
export function proofPage(proof: Proof, facts: ProofPageFacts): string {
  const sum = summaryOf(proof)
  return page({
    title: 'Proof of the judge',
    lead: html`<p>The scenarios ran on simulations that each break one documented rule on purpose: the judge must name that rule.
They also ran on simulations that fill a gap of the documentation otherwise: the judge must say nothing.</p>
<p class="facts">${factsLine(proof, facts)}</p>`,
    body: html`${sumLine(proof, sum)}
${tiles(proof, sum)}
${isClean(proof) ? sections(proof, sum) : ''}`,
    runIds: [],
    writtenAt: new Date(facts.startedAt.getTime() + facts.tookMs),
  })
}

function sections(proof: Proof, sum: ProofSummary): Html {
  const isWhole = proof.scope === 'all' && proof.without.length === 0
  return html`${contents([
    ['deviations', 'Deviations'],
    ...(proof.variations.length > 0 ? [['variations', 'Permitted variations'] as const] : []),
    ['rules', 'Rules'],
    ...(isWhole ? [['gaps', 'Rules without a deviation, and rules never alone'] as const] : []),
  ])}
${deviationTable(proof)}
${variationTable(proof)}
${ruleTable(proof)}
${isWhole ? gaps(sum) : ''}`
}

function factsLine(
  { scope, scenarios }: Proof,
  { startedAt, tookMs, seed }: ProofPageFacts,
): string {
  const how = { all: 'everything', quick: 'a quick subset', selected: 'a selection' }[scope]
  return `${utc(startedAt)} · ${how} · ${countOf(scenarios, 'scenario')} a run · seed ${seed} · ${Math.round(tookMs / 1_000)} s`
}

function sumLine(proof: Proof, sum: ProofSummary): Html {
  const { without, scope } = proof
  const judge = without.length === 0 ? 'The judge' : `The judge without ${without.join(', ')}`
  if (!isClean(proof)) {
    const failed = countOf(proof.ordinary.failed, 'scenario')
    return verdictLine(
      'bad',
      `The simulation as it is is not clean, so that nothing can be proved: ${failed} failed.`,
    )
  }
  if (!sum.isProved) {
    return verdictLine('bad', `${judge} is not proved: ${reasonsWhy(sum).join(', ')}.`)
  }
  const extent = scope === 'all' ? '' : ', as far as this run tried it'
  return verdictLine(
    'good',
    `${judge} is proved${extent}: it named the right rule every time, and raised no false alarm.`,
  )
}

function reasonsWhy(sum: ProofSummary): string[] {
  const told = (count: number, noun: string) => (count === 0 ? [] : [countOf(count, noun)])
  return [
    ...told(sum.escaped.length, 'escaped deviation'),
    ...told(sum.falseAlarms.length, 'false alarm'),
    ...told(sum.notJudged.length, 'unjudged variation'),
    ...told(sum.mustWithoutDeviation.length, 'untried must rule'),
    ...told(sum.shouldWithoutDeviation.length, 'untried should rule'),
  ]
}

function tiles(proof: Proof, sum: ProofSummary): Html {
  const tile = (title: string, count: number, of: number | undefined, isWrong: boolean) =>
    html`<div class="${isWrong ? 'wrong' : ''}"><dt>${title}</dt><dd>${count}${of === undefined ? '' : html` <small>of ${of}</small>`}</dd></div>`
  const isWhole = proof.scope === 'all' && proof.without.length === 0
  const untried = sum.mustWithoutDeviation.length + sum.shouldWithoutDeviation.length
  return html`<dl class="sum">
${tile('Deviations caught', sum.caught, sum.deviations, false)}
${tile('Deviations escaped', sum.escaped.length, undefined, sum.escaped.length > 0)}
${tile('False alarms', sum.falseAlarms.length, sum.variations, sum.falseAlarms.length > 0)}
${isWhole ? tile('Rules without a deviation', untried, undefined, untried > 0) : ''}
${isWhole ? tile('Rules never alone to notice', sum.neverAlone.length, undefined, false) : ''}
</dl>`
}
