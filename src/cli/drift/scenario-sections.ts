import type { DriftReport } from '../../evidence/drift/drift-report.ts'
import type { LastValidated } from '../../evidence/history/last-validated.ts'
import { countOf } from '../../evidence/summary.ts'
import { type Html, html } from '../page/html.ts'
import { mark, type Tone } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { table } from '../page/table.ts'
import { utc } from '../page/utc.ts'
import { driftSum } from './drift-sum.ts'
import { namesOf } from './names.ts'

/** Statuses that one side did not see, and why that is no difference. */
export function unseenSection(report: DriftReport): Html {
  const { unseen } = driftSum(report)
  const names = namesOf(report)
  const rows = unseen.map(
    ({ what, side, scenarios }) =>
      html`<tr><th scope="row">${what}</th><td>${names[side]}</td><td>${scenarios.map((each) => html`${scenarioPlace(each)} `)}</td></tr>
`,
  )
  return html`<h2 id="unseen">Seen on one side only</h2>
<p>Polling samples: an order may pass a status between two queries. Where all that both sides saw fits on one way through the
lifecycle, that is no difference. Whether the status was passed at all, nobody can tell.</p>
${
  rows.length === 0
    ? html`<p>Both sides saw the same statuses of every order.</p>`
    : table({
        caption: 'Statuses that polling may have skipped.',
        label: 'Seen on one side only',
        columns: ['Status', 'Not seen on', 'Scenarios'],
        rows,
      })
}`
}

const TONES: Readonly<Record<string, Tone>> = { passed: 'good', failed: 'bad' }

/** Every scenario that was compared, its results, and when it was last validated. */
export function scenarioSection(report: DriftReport): Html {
  const names = namesOf(report)
  const rows = report.compared.map(({ scenario, results, orders, differences, lastValidated }) => {
    const result = (text: string) => mark(TONES[text] ?? 'open', text)
    const found =
      differences.length === 0 ? mark('good', 'same') : mark('warn', String(differences.length))
    return html`<tr><th scope="row">${scenarioPlace(scenario)}</th><td>${result(results.simulation)}</td><td>${result(results.endpoint)}</td><td class="number">${orders}</td><td>${found}</td><td>${validatedCell(lastValidated)}</td></tr>
`
  })
  return html`<h2 id="scenarios">Scenarios compared</h2>
${table({
  caption:
    'Differences are counted before waivers. The run itself, which opened the sessions, is compared besides its scenarios, and is none of them.',
  label: 'Scenarios compared',
  columns: [
    ...['Scenario', `Result: ${names.simulation}`, `Result: ${names.endpoint}`],
    { title: 'Orders', kind: 'number' },
    ...['Differences', 'Last validated on UAT'],
  ],
  rows,
})}`
}

/** Scenarios of which nothing is known: never shown as the same. */
export function notComparedSection({ notCompared }: DriftReport): Html {
  if (notCompared.length === 0) {
    return html`<h2 id="not-compared">Not compared</h2><p>Every scenario was compared.</p>`
  }
  const rows = notCompared.map(
    ({ scenario, why, lastValidated }) =>
      html`<tr><th scope="row">${scenarioPlace(scenario)}</th><td>${why}</td><td>${validatedCell(lastValidated)}</td></tr>
`,
  )
  return html`<h2 id="not-compared">Not compared</h2>
${table({
  caption: `${countOf(notCompared.length, 'scenario')} of which nothing is known, and why.`,
  label: 'Not compared',
  columns: ['Scenario', 'Why', 'Last validated on UAT'],
  rows,
})}`
}

function validatedCell(last: LastValidated | undefined): Html {
  if (!last) return mark('open', 'never')
  const reworded = last.isReworded ? ', before it was reworded' : ''
  return html`${mark(last.result === 'passed' ? 'good' : 'bad', `${last.result}${reworded}`)}<span class="says">${utc(last.startedAt)}, <code>${last.run}</code></span>`
}
