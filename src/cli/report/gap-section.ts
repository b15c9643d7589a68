import type { Gap } from '../../evidence/matrix/gaps.ts'
import type { Matrix } from '../../evidence/matrix/matrix.ts'
import { type Html, html } from '../page/html.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { rowGroup, table } from '../page/table.ts'

/** The titles of the kinds, in the order in which they are listed. */
const KINDS = {
  target: 'Targets without any run',
  rule: 'Rules not verified',
  scenario: 'Scenarios not verified',
  state: 'Statuses of a lifecycle not seen',
  transition: 'Transitions of a lifecycle not seen',
  pair: 'Pairs of transitions not seen after each other',
} as const satisfies Record<Gap['kind'], string>

/** Rows of one kind that are shown; the table of a thousand skipped scenarios would bury the others. */
const MOST_ROWS = 400

/** What was not verified, each with the reason. */
export function gapSection({ gaps, noun }: Matrix): Html {
  if (gaps.length === 0) {
    return html`<p>None: every rule was verified, every scenario ran, and all of the order models was seen, on every ${noun}.</p>`
  }
  const columns = ['What', capital(noun), 'Why']
  const byKind = Map.groupBy(gaps, ({ kind }) => kind)
  const kinds = (Object.keys(KINDS) as Gap['kind'][]).filter((kind) => byKind.has(kind))
  return html`<p>What stands here was promised, and this evidence does not show whether it is kept.</p>
${table({
  label: 'Gaps',
  caption: 'Everything that was not verified, and why.',
  columns,
  rows: kinds.map((kind) => {
    const ofKind = byKind.get(kind) ?? []
    const more = ofKind.length - MOST_ROWS
    const title = titleOf(kind, noun)
    return rowGroup(`${title} (${ofKind.length})`, columns.length, [
      ...ofKind.slice(0, MOST_ROWS).map(gapRow),
      ...(more <= 0
        ? []
        : [
            html`<tr><td colspan="3">… and ${more} more, in ${noun === 'target' ? 'matrix' : 'providers'}.csv.</td></tr>\n`,
          ]),
    ])
  }),
  isGrouped: true,
})}`
}

function titleOf(kind: Gap['kind'], noun: Matrix['noun']): string {
  return kind === 'target' && noun === 'provider'
    ? 'Providers of which nothing was seen'
    : KINDS[kind]
}

function capital(noun: string): string {
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}`
}

function gapRow({ kind, target, what, why }: Gap): Html {
  return html`<tr><th scope="row">${whatOf(kind, what)}</th><td>${target}</td><td>${why}</td></tr>
`
}

function whatOf(kind: Gap['kind'], what: string): Html {
  if (kind === 'rule') return html`<a href="#rule-${what}"><code>${what}</code></a>`
  return kind === 'scenario' ? scenarioPlace(what) : html`${what}`
}
