import { sentenceOf } from '../../evidence/finding.ts'
import type { Matrix } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { page } from '../page/page.ts'
import { scenarioPlace } from '../page/scenario-place.ts'
import { table } from '../page/table.ts'
import { failuresAlone } from './failure-section.ts'
import { brokenId } from './finding-section.ts'
import type { Linked } from './links.ts'
import { REPORT_STYLE } from './report-style.ts'
import { standings } from './standings.ts'

/** Causes of one kind that are told here; the matrix tells all. */
const MOST_TOLD = 12

/**
 * The page to open first: how each target stands, what is wrong, and where to read on.
 *
 * @param links - What there is to read, with addresses relative to this page.
 */
export function indexPage(matrix: Matrix, links: readonly Linked[], writtenAt: Date): string {
  const { runs } = matrix
  const wrong = [...findings(matrix), ...failures(matrix)]
  return page({
    title: 'Reports',
    lead: html`<p class="lead">How Integral’s FX REST API stands against its documentation on each target, and where to read on.</p>`,
    body: html`${standings(matrix)}
${
  matrix.gaps.length === 0
    ? ''
    : html`<p>${mark('open', countOf(matrix.gaps.length, 'gap'))}: what was not verified, and why, is listed in the <a href="matrix.html#gaps">requirement matrix</a>.</p>`
}
${wrong.length === 0 ? '' : html`<section>\n<h2 id="wrong">What is wrong</h2>\n${wrong}</section>`}
<section>
<h2 id="pages">Where to read on</h2>
${table({
  label: 'Where to read on',
  caption:
    'What was written, and for what. Whatever is not listed had not been written when this page was, or is of another run.',
  columns: ['Page', 'Of', 'What it shows'],
  rows: links.map(
    ({ href, name, of, about, note = '' }) =>
      html`<tr><th scope="row"><a href="${href}">${name}</a></th><td>${of}</td><td>${about}${note === '' ? '' : html`<br>${mark('warn', note)}`}</td></tr>\n`,
  ),
})}
</section>`,
    runIds: runs.map(({ record }) => record.run.id),
    writtenAt,
    style: REPORT_STYLE,
  })
}

/** One cause each: a rule that is broken, with the first finding against it. */
function findings({ runs, rows }: Matrix): Html[] {
  const broken = runs.flatMap((run, at) =>
    rows.flatMap(({ rule, cells }) => {
      const [first, ...more] = cells[at]?.findings ?? []
      return first
        ? [
            html`<li><p class="sentence"><code>${rule.id}</code> on ${run.name}: ${rule.sentence}</p>
<p>${sentenceOf(first)}</p>
<p class="where">${first.scenario}${more.length === 0 ? '' : ` and ${countOf(more.length, 'more finding')}`} ·
<a href="matrix.html#${brokenId(rule.id, at)}">the exchanges that show it<span class="unseen"> (${rule.id} on ${run.name})</span></a></p></li>
`,
          ]
        : []
    }),
  )
  return causes(`${countOf(broken.length, 'rule')} broken`, broken, 'findings')
}

function failures({ runs }: Matrix): Html[] {
  const failed = runs.flatMap((run) =>
    failuresAlone(run).map(
      ({ scenario, step, message }) =>
        html`<li>${scenarioPlace(scenario)}<p class="where">on ${run.name}: ${step}: ${message}</p></li>\n`,
    ),
  )
  return causes(
    `${countOf(failed.length, 'scenario')} failed without a finding`,
    failed,
    'failures',
  )
}

function causes(title: string, items: readonly Html[], id: string): Html[] {
  const more = items.length - MOST_TOLD
  if (items.length === 0) return []
  const rest =
    more <= 0
      ? ''
      : html`<p><a href="matrix.html#${id}">… and ${more} more, in the requirement matrix</a></p>`
  return [html`<h3>${title}</h3>\n<ol>${items.slice(0, MOST_TOLD)}</ol>\n${rest}`]
}
