import type { Shown } from '../../evidence/drift/difference.ts'
import {
  countUnlikeFirst,
  type DifferenceGroup,
  type DriftReport,
} from '../../evidence/drift/drift-report.ts'
import { driftRules } from '../../evidence/drift/drift-rules.ts'
import type { Waiver } from '../../evidence/waivers/waiver.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { rowGroup, table } from '../page/table.ts'
import { namesOf } from './names.ts'
import { exchangesText } from './side-by-side.ts'

/** Scenarios named with each difference; the rest stand in `drift.json`. */
const MOST_NAMED = 3

const COLUMNS = 5

/** What differs, by rule: those that nobody answers for first. */
export function differenceSection(report: DriftReport): Html {
  const { groups } = report
  const names = namesOf(report)
  if (groups.length === 0) {
    return html`<h2 id="differences">Differences</h2><p>None in any scenario that was compared.</p>`
  }
  const byRule = Map.groupBy(groups, ({ rule }) => rule)
  const rows = [...byRule].map(([rule, same]) =>
    rowGroup(html`${driftRules[rule]} <code>${rule}</code>`, COLUMNS, same.map(differenceRow)),
  )
  return html`<h2 id="differences">Differences</h2>
${table({
  caption:
    'Every difference, by the rule that it breaks; other values are a row of their own. Exchanges are those of the first scenario.',
  label: 'Differences',
  columns: ['What', names.simulation, names.endpoint, 'Scenarios', 'Waived'],
  rows,
  isGrouped: true,
})}`
}

function differenceRow({ subject, occurrences, open, waivers }: DifferenceGroup): Html {
  const example = open[0] ?? occurrences[0]
  return html`<tr><th scope="row">${subject}</th><td>${example ? shownCell(example.simulation) : ''}</td><td>${example ? shownCell(example.endpoint) : ''}</td><td>${scenarioList(open.length > 0 ? open : occurrences)}</td><td>${waivedCell(open.length, occurrences.length, waivers)}</td></tr>
`
}

function shownCell({ value, exchanges }: Shown): Html {
  const where = exchanges.length === 1 ? 'exchange' : 'exchanges'
  return html`${value}<span class="says">${where} ${exchangesText(exchanges)}</span>`
}

function scenarioList(occurrences: DifferenceGroup['occurrences']): Html {
  const named = occurrences.slice(0, MOST_NAMED).map(({ scenario }) => scenarioPlace(scenario))
  const more = occurrences.length - named.length
  const unlike = countUnlikeFirst(occurrences)
  return html`<span class="strong">${occurrences.length}</span>${unlike > 0 ? html`<span class="says">the values are an example: ${unlike} of them differ, see <code>drift.json</code></span>` : ''}${named.map((each) => html`<br>${each}`)}${more > 0 ? html`<br>and ${more} more` : ''}`
}

function waivedCell(open: number, all: number, waivers: readonly Waiver[]): Html {
  const by = waivers.map(
    ({ owner, reason, expires }) =>
      html`<span class="says">${reason} (${owner}, until ${expires})</span>`,
  )
  if (open === 0) return html`${mark('warn', 'waived')}${by}`
  const some = open < all ? `${all - open} of ${all} waived` : 'not waived'
  return html`${mark('bad', some)}${by}`
}

/** Who answers for what, until when, and which waivers count for nothing. */
export function waiverSection({ waivers }: DriftReport): Html {
  if (waivers.length === 0) return html``
  const rows = waivers.map(({ waiver, state, about }) => {
    const { rule, scenario, owner, reason, granted, expires } = waiver
    const tone = state === 'in force' ? 'good' : 'bad'
    return html`<tr><th scope="row"><code>${rule}</code>${scenario === undefined ? '' : html`<span class="says">in ${scenario}</span>`}</th><td>${mark(tone, state)}</td><td>${reason}</td><td>${owner}</td><td>${granted}</td><td>${expires}</td><td class="number">${about.length}</td></tr>
`
  })
  return html`<h2 id="waivers">Waivers</h2>
${table({
  caption:
    'Known differences that somebody answers for. One that is not in force counts for nothing.',
  label: 'Waivers',
  columns: [
    ...['Rule or difference', 'State', 'Reason', 'Owner', 'Granted', 'Expires'],
    { title: 'About', kind: 'number' },
  ],
  rows,
})}`
}
