import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { rowGroup, table } from '../page/table.ts'
import type { DeviationProof, Proof, RuleProof, VariationProof } from './proof.ts'
import type { ProofSummary } from './proof-summary.ts'
import { familyOf } from './trial.ts'

/** What became of each deviation, by the family of the rule that it breaks. */
export function deviationTable({ deviations }: Proof): Html {
  if (deviations.length === 0) return html``
  const families = [...Map.groupBy(deviations, ({ breaks }) => familyOf(breaks))]
  const columns = ['Deviation', 'Result', 'Found by', number('Findings'), 'First seen in']
  return html`<h2 id="deviations">Deviations</h2>
${table({
  label: 'Deviations',
  caption: 'The rule that a deviation breaks is framed; the others found something too.',
  columns,
  rows: families.map(([family, ofFamily]) =>
    rowGroup(family, columns.length, ofFamily.map(deviationRow)),
  ),
  isGrouped: true,
})}`
}

const verdicts = {
  caught: mark('good', 'caught'),
  'found by others only': html`${mark('bad', 'escaped')}<span class="says">found by others only</span>`,
  escaped: mark('bad', 'escaped'),
}

function deviationRow(deviation: DeviationProof): Html {
  const { id, sentence, breaks, verdict, findings, scenario, foundBy } = deviation
  const chips = [
    ...(verdict === 'caught'
      ? []
      : [html`<li class="wrong"><code>${breaks}</code> says nothing</li>`]),
    ...foundBy.map(
      ({ rule }) => html`<li class="${rule === breaks ? 'right' : ''}"><code>${rule}</code></li>`,
    ),
  ]
  return html`<tr>
<th scope="row"><code>${id}</code><span class="says">${sentence}</span></th>
<td>${verdicts[verdict]}</td>
<td><ul class="chips">${chips}</ul></td>
<td class="number">${findings}</td>
<td class="seen">${scenario === undefined ? '–' : scenarioPlace(scenario)}</td>
</tr>
`
}

/** What the judge said of each permitted variation. */
export function variationTable({ variations, scenarios }: Proof): Html {
  if (variations.length === 0) return html``
  return html`<h2 id="variations">Permitted variations</h2>
<p>Ways to fill the gaps of the documentation, alone and together. A scenario that assumes another value stops where
that shows; this is its right. A finding would be a false alarm.</p>
${table({
  label: 'Permitted variations',
  caption: `Scenarios that stopped, of ${scenarios}.`,
  columns: ['Variation', 'Result', number('Stopped')],
  rows: variations.map(variationRow),
})}`
}

function variationRow(variation: VariationProof): Html {
  const { id, isCombination, settings, stopped, isJudged, falseAlarms } = variation
  const parts = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return html`<tr>
<th scope="row"><code>${id}</code>${isCombination || parts.length > 1 ? html`<span class="says">${parts.join(', ')}</span>` : ''}</th>
<td>${
    falseAlarms.length === 0
      ? isJudged
        ? mark('good', 'clean')
        : html`${mark('bad', 'not judged')}<span class="says">no scenario passed, and nothing was observed</span>`
      : html`${mark('bad', 'false alarm')}<ul class="chips">${falseAlarms.map(
          ({ rule, detail, scenario }) =>
            html`<li class="wrong"><code>${rule}</code>: ${detail} (${scenario})</li>`,
        )}</ul>`
  }</td>
<td class="number">${stopped}</td>
</tr>
`
}

/** Which deviations each rule finds, and which no other rule does. */
export function ruleTable({ rules, scope, without }: Proof): Html {
  const told = rules.filter(({ id, finds, deviations }) =>
    scope === 'all' ? !without.includes(id) : finds.length + deviations.length > 0,
  )
  const families = [...Map.groupBy(told, ({ family }) => family)]
  const columns = [
    ...['Rule', 'Weight', 'Its deviations', 'Found in others'],
    number('Found alone'),
  ]
  return html`<h2 id="rules">Rules</h2>
<p>Without a rule, what it alone finds would go unnoticed. Steps that are allowed are left out: no answer can break them.</p>
${table({
  label: 'Rules',
  caption: 'Every rule that an answer can break, and the deviations it finds.',
  columns,
  rows: families.map(([family, ofFamily]) =>
    rowGroup(family, columns.length, ofFamily.map(ruleRow)),
  ),
  isGrouped: true,
})}`
}

function ruleRow({ id, sentence, severity, deviations, finds, findsAlone }: RuleProof): Html {
  const others = finds.filter((each) => !deviations.includes(each))
  const own = deviations.map(
    (each) =>
      html`<li class="${finds.includes(each) ? 'right' : 'wrong'}"><code>${each}</code></li>`,
  )
  return html`<tr>
<th scope="row"><code>${id}</code><span class="says">${sentence}</span></th>
<td>${severity}</td>
<td>${own.length === 0 ? 'none' : html`<ul class="chips">${own}</ul>`}</td>
<td>${others.length === 0 ? '–' : html`<ul class="chips">${others.map((each) => html`<li><code>${each}</code></li>`)}</ul>`}</td>
<td class="number">${findsAlone.length}</td>
</tr>
`
}

/** Rules that no deviation proves, and such as are never alone to notice one. */
export function gaps({
  mustWithoutDeviation,
  shouldWithoutDeviation,
  neverAlone,
}: ProofSummary): Html {
  return html`<h2 id="gaps">Rules without a deviation, and rules never alone</h2>
<dl>
${gap('Must rules without a deviation', mustWithoutDeviation)}
${gap('Should rules without a deviation', shouldWithoutDeviation)}
${gap('Rules whose deviations others notice too, under another name', neverAlone)}
</dl>`
}

function gap(title: string, rules: readonly string[]): Html {
  const list = html`<ul class="chips">${rules.map((rule) => html`<li><code>${rule}</code></li>`)}</ul>`
  return html`<dt class="strong">${title}</dt><dd>${rules.length === 0 ? 'none' : list}</dd>`
}

function number(title: string) {
  return { title, kind: 'number' } as const
}
