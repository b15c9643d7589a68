import type { Witness } from '../../evidence/drift/calibration/proposal.ts'
import { countOf } from '../../evidence/summary.ts'
import { lineToType } from '../line-to-type.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { table } from '../page/table.ts'
import type { CheckedCalibration } from './checked-calibration.ts'

/** What is proposed, what speaks for it, and what could not be learned. */
export function calibrationSection(calibration: CheckedCalibration): Html {
  return html`<h2 id="calibration">Calibration</h2>
<p>Settings of the simulated exchange under which it would behave as the endpoint did. <code>settings.json</code> holds them, for
<code>verify --config</code> and <code>serve --config</code>; all that they rest on stands in <code>calibration.json</code>.
What they gain, a run with them shows: <code>${lineToType('verify --config FILE --out DIR')}</code>, then <code>drift --simulation DIR</code> with the same endpoint.</p>
${proposalTable(calibration)}
${contradictionTable(calibration)}
${unlearnedTable(calibration)}`
}

function proposalTable({ proposals, confirmed, unusable }: CheckedCalibration): Html {
  const all = [
    ...proposals.map((each) => ({ ...each, what: mark('warn', 'proposed'), why: each.because })),
    ...unusable.map((each) => ({ ...each, what: mark('bad', 'cannot be used'), why: each.why })),
    ...confirmed.map((each) => ({ ...each, what: mark('good', 'as it was'), why: each.because })),
  ]
  if (all.length === 0) return html`<p>Nothing was learned.</p>`
  const rows = all.map(
    ({ setting, value, what, certainty, why, scenarios, witnesses, keys = [] }) =>
      html`<tr><th scope="row"><code>${setting}</code></th><td><code>${JSON.stringify(value)}</code></td><td>${what}</td><td>${certainty}${why === undefined ? '' : html`<span class="says">${why}</span>`}${keys.map((each) => html`<span class="says">${each.key} = ${JSON.stringify(each.value)}: ${each.certainty}, ${countOf(each.scenarios, 'scenario')}, e.g. ${each.witnesses[0]?.scenario ?? ''}</span>`)}</td><td>${countOf(scenarios, 'scenario')}${witnessCell(witnesses[0])}</td></tr>
`,
  )
  return table({
    caption: 'What the endpoint showed of each setting.',
    label: 'Settings learned',
    columns: ['Setting', 'Value', 'Result', 'How sure', 'Seen in'],
    rows,
  })
}

function contradictionTable({ contradictions }: CheckedCalibration): Html {
  if (contradictions.length === 0) return html``
  const rows = contradictions.map(
    ({ setting, key, because, values }) =>
      html`<tr><th scope="row"><code>${setting}</code>${key === undefined ? '' : html` for the key <code>${key}</code> alone`}${because === undefined ? '' : html`<span class="says">${because}</span>`}</th><td>${values.map(({ value, scenarios, witnesses }) => html`<p><code>${JSON.stringify(value)}</code> in ${countOf(scenarios, 'scenario')}${witnessCell(witnesses[0])}</p>`)}</td></tr>
`,
  )
  return table({
    caption: 'Sightings that contradict each other: nothing is proposed.',
    label: 'Contradictions',
    columns: ['Setting', 'Seen'],
    rows,
  })
}

function unlearnedTable({ notLearned }: CheckedCalibration): Html {
  const rows = notLearned.map(
    ({ setting, why }) => html`<tr><th scope="row"><code>${setting}</code></th><td>${why}</td></tr>
`,
  )
  return table({
    caption: 'What could not be learned, and why.',
    label: 'Settings not learned',
    columns: ['Setting', 'Why'],
    rows,
  })
}

function witnessCell(witness: Witness | undefined): Html {
  if (!witness) return html``
  return html`<br>${scenarioPlace(witness.scenario)}<span class="says">exchange ${witness.exchange}</span>`
}
