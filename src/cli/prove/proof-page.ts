import { countOf } from '../../evidence/summary.ts'
import { type Html, html } from '../page/html.ts'
import { PAGE_STYLE } from '../page/style.ts'
import type { Proof } from './proof.ts'
import { isClean, type ProofSummary, summaryOf } from './proof-summary.ts'
import { deviationTable, gaps, ruleTable, variationTable } from './proof-tables.ts'

export interface ProofPageFacts {
  /** The run's id. */
  readonly run: string
  readonly startedAt: Date
  readonly tookMs: number
  readonly seed: string
}

/** The proof as a page that needs nothing else: no script, no picture, no address. */
export function proofPage(proof: Proof, facts: ProofPageFacts): string {
  const sum = summaryOf(proof)
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Proof of the judge</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Proof of the judge</h1>
<p>The scenarios ran on simulations that each break one documented rule on purpose: the judge must name that rule.
They also ran on simulations that fill a gap of the documentation otherwise: the judge must say nothing.</p>
<p class="facts">${factsLine(proof, facts)}</p>
</header>
<main>
${verdictLine(proof, sum)}
${tiles(proof, sum)}
${isClean(proof) ? sections(proof, sum) : ''}
</main>
</body>
</html>
`
  return page.text
}

function sections(proof: Proof, sum: ProofSummary): Html {
  const isWhole = proof.scope === 'all' && proof.without.length === 0
  return html`<nav aria-label="Contents"><p><a href="#deviations">Deviations</a> · ${
    proof.variations.length > 0 ? html`<a href="#variations">Permitted variations</a> · ` : ''
  }<a href="#rules">Rules</a>${isWhole ? html` · <a href="#gaps">Rules without a deviation, and rules never alone</a>` : ''}</p></nav>
${deviationTable(proof)}
${variationTable(proof)}
${ruleTable(proof)}
${isWhole ? gaps(sum) : ''}`
}

function factsLine(
  { scope, scenarios }: Proof,
  { run, startedAt, tookMs, seed }: ProofPageFacts,
): string {
  const when = startedAt
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
  const how = { all: 'everything', quick: 'a quick subset', selected: 'a selection' }[scope]
  return `Run ${run} · ${when} · ${how} · ${countOf(scenarios, 'scenario')} a run · seed ${seed} · ${Math.round(tookMs / 1_000)} s`
}

function verdictLine(proof: Proof, sum: ProofSummary): Html {
  const { without, scope } = proof
  const judge = without.length === 0 ? 'The judge' : `The judge without ${without.join(', ')}`
  if (!isClean(proof)) {
    return html`<p class="verdict bad">The simulation as it is is not clean, so that nothing can be proved: ${countOf(proof.ordinary.failed, 'scenario')} failed.</p>`
  }
  if (!sum.isProved) {
    return html`<p class="verdict bad">${judge} is not proved: ${reasonsWhy(sum).join(', ')}.</p>`
  }
  const extent = scope === 'all' ? '' : ', as far as this run tried it'
  return html`<p class="verdict good">${judge} is proved${extent}: it named the right rule every time, and raised no false alarm.</p>`
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
