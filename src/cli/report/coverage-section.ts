import type { Coverage } from '../../evidence/coverage.ts'
import {
  type CoveredArrow,
  coverageDiagram,
  coveredArrows,
  placeInWords,
} from '../../evidence/coverage-diagram.ts'
import type { Matrix, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import { lifecycles } from '../../machines/lifecycle.ts'
import { Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { table } from '../page/table.ts'

/** What one run saw of one lifecycle. */
interface Drawing {
  readonly run: MatrixRun
  readonly coverage: Coverage
  readonly arrows: readonly CoveredArrow[]
  readonly svg: string
}

/** A drawing per lifecycle and run, and the same as a table for who does not see drawings. */
export async function coverageSection({ runs }: Matrix): Promise<Html> {
  const parts: Html[] = []
  for (const { name } of lifecycles) {
    const drawings = await Promise.all(runs.flatMap((run) => drawingOf(run, name) ?? []))
    parts.push(html`<h3 id="coverage-${name}">${name} orders</h3>
<div class="drawings">${drawings.map((drawing) => figure(name, drawing))}</div>
${arrowTable(name, drawings)}
`)
  }
  return html`<p>A thick blue line: the transition was seen, at both of its ends. A thin dashed line, marked <em>not seen</em>: it was not. A dotted line,
marked <em>not documented</em>: it was seen, against the documentation. What a scenario meant to bring about does not count.</p>
${parts}`
}

function drawingOf(run: MatrixRun, name: string): Promise<Drawing> | undefined {
  const { verdict } = run.record
  const coverage = verdict.coverage.find(({ lifecycle }) => lifecycle === name)
  if (!coverage) return undefined
  const broken = verdict.rules.filter(({ result }) => result === 'broken').map(({ id }) => id)
  const arrows = coveredArrows(coverage, broken)
  return coverageDiagram(coverage, arrows).then((svg) => ({ run, coverage, arrows, svg }))
}

function figure(name: string, { run, coverage, svg }: Drawing): Html {
  const { states, transitions, pairs } = coverage
  const label = `${name} lifecycle on ${run.name}; the table below says the same in words`
  return html`<figure>
${new Html(labelled(svg, label))}
<figcaption><strong>${run.name}</strong>: ${states.observed} of ${states.of} states, ${transitions.observed} of ${transitions.of} transitions,
${pairs.observed} of ${pairs.of} pairs of transitions seen (run <code>${run.record.run.id}</code>)</figcaption>
</figure>
`
}

/** The drawing as one picture with a name; without the ids, which every drawing has the same. */
function labelled(svg: string, label: string): string {
  const { text } = html`${label}`
  return svg
    .replaceAll(/ id="[^"]*"/g, '')
    .replaceAll(/<title>[^<]*<\/title>\s*/g, '')
    .replace('<svg ', `<svg role="img" aria-label="${text}" `)
}

function arrowTable(name: string, drawings: readonly Drawing[]): Html {
  const all = drawings.flatMap(({ arrows }) => arrows)
  const distinct = [...new Map(all.map((arrow) => [arrow.rule, arrow])).values()]
  return table({
    label: `Transitions of ${name} orders`,
    caption: `The transitions of ${name} orders: which of them were seen, and in how many scenarios.`,
    columns: ['Transition', 'Cause', ...drawings.map(({ run }) => run.name)],
    rows: distinct.map(
      ({
        rule,
        from,
        to,
        cause,
      }) => html`<tr><th scope="row"><a href="#rule-${rule}">${placeInWords(from)} → ${placeInWords(to)}</a></th>
<td>${cause === '' ? 'not documented' : html`<code>${cause}</code>`}</td>
${drawings.map((drawing) => html`<td>${seenMark(drawing, rule)}</td>`)}</tr>
`,
    ),
  })
}

function seenMark({ run, arrows }: Drawing, rule: string): Html {
  const as = arrows.find((arrow) => arrow.rule === rule)?.as
  const scenarios = run.record.verdict.rules.find(({ id }) => id === rule)?.scenarios.length ?? 0
  if (as === 'seen') return mark('good', `seen in ${countOf(scenarios, 'scenario')}`)
  if (as === 'undocumented') return mark('bad', `seen in ${countOf(scenarios, 'scenario')}`)
  return as === undefined ? html`–` : mark('open', 'not seen')
}
