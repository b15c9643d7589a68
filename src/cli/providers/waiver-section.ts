import { countOf } from '../../evidence/summary.ts'
import type { WaiverState } from '../../evidence/waivers/waiver.ts'
import { type Html, html } from '../page/html.ts'
import { mark, type Tone } from '../page/mark.ts'
import { table } from '../page/table.ts'
import type { ProviderResult } from './provider-result.ts'

const TONES = {
  'in force': 'good',
  expired: 'bad',
  'not yet in force': 'warn',
} as const satisfies Record<WaiverState, Tone>

export function hasWaivers(results: readonly ProviderResult[]): boolean {
  return results.some(({ waivers }) => waivers.length > 0)
}

/** Who answers for which finding, why, and until when; also what counts no longer, and what is about nothing. */
export function waiverSection(results: readonly ProviderResult[]): Html {
  return html`<p>A waiver hides nothing: a finding that it covers stays a finding, and fails the run. It says who answers for it.</p>
${table({
  label: 'Waivers',
  caption: 'The waivers of each provider, and the findings that they are about.',
  columns: ['Provider', 'Rule', 'Reason', 'Owner', 'Granted', 'Expires', 'Findings'],
  rows: results.flatMap(({ planned, waivers }) =>
    waivers.map(
      ({
        waiver: { rule, scenario, reason, owner, granted, expires },
        state,
        about,
      }) => html`<tr><th scope="row">${planned.name}</th>
<td><code>${rule}</code>${scenario === undefined ? '' : html`<span class="says">only <code>${scenario}</code></span>`}</td>
<td>${reason}</td><td>${owner}</td><td>${granted}</td><td>${expires}</td>
<td>${about.length === 0 ? 'matches none' : countOf(about.length, 'finding')}<span class="says">${mark(TONES[state], state)}</span></td></tr>
`,
    ),
  ),
})}`
}
