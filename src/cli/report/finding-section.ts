import { sentenceOf } from '../../evidence/finding.ts'
import {
  exchangesOf,
  type Matrix,
  type MatrixRow,
  type MatrixRun,
} from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import type { VerdictFinding } from '../../evidence/verdict.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { exchangeBlock } from './exchange-block.ts'
import { pageOf, sectionOf } from './rule-source.ts'

/** Findings against one rule on one target that are shown in full; one cause makes many of them. */
const MOST_IN_FULL = 3
/** Those that follow, named by their scenarios. */
const MOST_NAMED = 50
/** Exchanges of one finding that are shown: the first, and the last. */
const MOST_EXCHANGES = 4

/** The place of a broken rule's findings on the page. @param at - Which of the runs. */
export function brokenId(rule: string, at: number): string {
  return `broken-${at + 1}-${rule}`
}

/** Every broken rule with its findings, and the exchanges that show them. */
export function findingSection({ runs, rows }: Matrix): Html {
  const broken = runs.flatMap((run, at) =>
    rows.flatMap((row) => {
      const findings = row.cells[at]?.findings ?? []
      return findings.length === 0 ? [] : [brokenRule(run, row, findings, at)]
    }),
  )
  return html`<p>Each finding is one departure from what is documented. Below it stand the exchanges that show it, as they were recorded:
passwords and tokens were left out then, nothing else was; JSON is set out in lines here.</p>
${broken}`
}

function brokenRule(
  run: MatrixRun,
  { rule }: MatrixRow,
  findings: readonly VerdictFinding[],
  at: number,
): Html {
  const full = findings.slice(0, MOST_IN_FULL)
  const named = findings.slice(MOST_IN_FULL, MOST_IN_FULL + MOST_NAMED)
  const more = findings.length - full.length - named.length
  return html`<article class="broken" aria-labelledby="${brokenId(rule.id, at)}">
<h3 id="${brokenId(rule.id, at)}"><code>${rule.id}</code> ${mark('bad', `broken on ${run.name}`)}</h3>
<dl class="promise">
<div><dt>Promised</dt><dd>${rule.sentence}</dd></div>
<div><dt>Source</dt><dd>${pageOf(rule)} (${sectionOf(rule)}), ${rule.severity}</dd></div>
<div><dt>Found</dt><dd>${countOf(findings.length, 'finding')} in ${countOf(new Set(findings.map(({ scenario }) => scenario)).size, 'scenario')}${
    findings.length > full.length ? `; the first ${full.length} in full` : ''
  }</dd></div>
</dl>
<ol>${full.map((finding, at) => findingItem(run, finding, at === 0))}</ol>
${named.length === 0 ? '' : html`<p>Likewise in:</p>\n<ul class="likewise">${named.map(namedItem)}${more <= 0 ? '' : html`<li>… and ${more} more, in <code>${run.dir}/verdict.json</code>.</li>`}</ul>`}
</article>
`
}

function namedItem({ scenario, detail, orderId }: VerdictFinding): Html {
  return html`<li>${scenarioPlace(scenario)}<span class="says">${orderId === '' ? '' : `order ${orderId}: `}${detail}</span></li>`
}

/** @param isFirst - The first stands open; the others are like it. */
function findingItem(run: MatrixRun, finding: VerdictFinding, isFirst: boolean): Html {
  const exchanges = exchangesOf(run, finding)
  const cut = exchanges.length - MOST_EXCHANGES
  const shown =
    cut <= 0 ? exchanges : [...exchanges.slice(0, 1), ...exchanges.slice(1 - MOST_EXCHANGES)]
  return html`<li>
<p class="sentence">${sentenceOf(finding)}</p>
${whereToFind(run, finding.scenario, finding.exchanges)}
<div class="exchanges">${shown.map((exchange) => exchangeBlock(exchange, isFirst))}</div>
${cut <= 0 ? '' : html`<p class="note">${cut} of the ${exchanges.length} exchanges are left out here: those between the first and the last ones.</p>`}
</li>
`
}

/** Where the bytes are, for whoever wants to see them. */
export function whereToFind(
  { dir, recordOf }: MatrixRun,
  scenario: string,
  exchanges: readonly number[],
): Html {
  const records = exchanges.flatMap((number) => recordOf?.(scenario, number) ?? [])
  const of = (name: string, all: readonly number[]) =>
    all.length === 0 ? '' : `, ${all.length === 1 ? name : `${name}s`} ${all.join(', ')}`
  return html`<p class="where">Scenario <code>${scenario}</code>${of('exchange', exchanges)}, in <code>${dir}/evidence/transcript.ndjson</code>${of('line', records)}</p>`
}
