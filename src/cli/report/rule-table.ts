import type { Matrix, MatrixCell, MatrixRow } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { rowGroup, table } from '../page/table.ts'
import { brokenId } from './finding-section.ts'
import { pageOf, sectionOf } from './rule-source.ts'
import { resultMark } from './tones.ts'

/** Most scenarios of a cell that are named, so that a thousand of them make no page of a gigabyte. */
const MOST_NAMED = 20

/** Every rule, by family, and its result on every target. */
export function ruleTable({ runs, without, rows, noun }: Matrix): Html {
  const names = runs.map(({ name }) => name)
  const columns = ['Rule', 'Weight', 'Source', ...names, ...without]
  const families = [...Map.groupBy(rows, ({ rule }) => rule.family)]
  const row = (each: MatrixRow) => html`<tr id="rule-${each.rule.id}">
<th scope="row"><code>${each.rule.id}</code><span class="says">${each.rule.sentence}</span></th>
<td>${each.rule.severity}</td>
<td class="source">${pageOf(each.rule)}<span class="says">${sectionOf(each.rule)}</span></td>
${each.cells.map((cell, at) => resultCell(each, cell, names[at] ?? '', at))}
${without.map(() => html`<td class="none">no run</td>`)}
</tr>
`
  return html`<p><em>must</em>: documented. <em>should</em>: only inferred from the documentation. A finding against either fails a run.
<em>Held</em>: seen at least once, and never contradicted. <em>Not verified</em>: nothing that was seen could have contradicted it.</p>
${table({
  label: `Every rule on every ${noun}`,
  caption: `Each rule, where it was read, and its result: ${[...names, ...without].join(', ')}.`,
  columns,
  rows: families.map(([family, ofFamily]) => rowGroup(family, columns.length, ofFamily.map(row))),
  isGrouped: true,
})}`
}

function resultCell({ rule }: MatrixRow, cell: MatrixCell, name: string, at: number): Html {
  const { result, scenarios, findings, waived = 0 } = cell
  const link =
    findings.length === 0
      ? ''
      : html` <a class="says" href="#${brokenId(rule.id, at)}">${countOf(findings.length, 'finding')}</a>`
  const isWaived = waived > 0 && waived === findings.length
  const shown = isWaived ? mark('warn', 'broken, waived') : resultMark(result)
  const partly =
    waived > 0 && !isWaived ? html` <span class="says">${waived} of them waived</span>` : ''
  return html`<td class="result ${isWaived ? 'waived' : result}">${shown}${link}${partly}${
    scenarios.length === 0 ? '' : scenarioList(scenarios, `${rule.id} on ${name}`)
  }</td>`
}

/** How many scenarios, and on demand which. @param of - What they show, for who hears the page. */
function scenarioList(scenarios: readonly string[], of: string): Html {
  const more = scenarios.length - MOST_NAMED
  const shown = scenarios.slice(0, MOST_NAMED)
  return html`<details class="names"><summary>${countOf(scenarios.length, 'scenario')}<span class="unseen"> that show ${of}</span></summary>
<ul>${shown.map((label) => html`<li>${scenarioPlace(label)}</li>`)}${
    more <= 0 ? '' : html`<li>… and ${more} more, named in verdict.json.</li>`
  }</ul></details>`
}
