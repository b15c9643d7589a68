import type { Matrix } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import { contents } from '../page/contents.ts'
import { type Html, html } from '../page/html.ts'
import { page } from '../page/page.ts'
import { coverageSection } from './coverage-section.ts'
import { failureSection, hasFailuresAlone } from './failure-section.ts'
import { findingSection } from './finding-section.ts'
import { gapSection } from './gap-section.ts'
import { limitsSection } from './limits-section.ts'
import { familyTable, runTable } from './overview.ts'
import { REPORT_STYLE } from './report-style.ts'
import { ruleTable } from './rule-table.ts'
import { standings } from './standings.ts'

/** The requirement matrix as a page that needs nothing else. @param writtenAt - When it is written. */
export async function matrixPage(matrix: Matrix, writtenAt: Date): Promise<string> {
  const { runs, rows, gaps } = matrix
  const isBroken = runs.some(({ record }) => record.verdict.findings.length > 0)
  const parts: [id: string, title: string, part: Html][] = [
    ...(isBroken ? [part('findings', 'Findings', findingSection(matrix))] : []),
    ...(hasFailuresAlone(matrix)
      ? [part('failures', 'Failed without a finding', failureSection(matrix))]
      : []),
    part('runs', 'Last run on each target', runTable(matrix)),
    part('families', 'Rules by family', familyTable(matrix)),
    part('gaps', `Gaps (${gaps.length})`, gapSection(matrix)),
    part('rules', 'Every rule on every target', ruleTable(matrix)),
    part('coverage', 'What was seen of each lifecycle', await coverageSection(matrix)),
    part('limits', 'What this page does not show', limitsSection(matrix)),
  ]
  return page({
    title: 'Requirement matrix',
    lead: html`<p class="lead">What Integral’s documentation promises of its FX REST API, rule by rule, and what was seen of each rule on
each target: ${countOf(rows.length, 'rule')}, ${countOf(runs.length, 'run')}, ${countOf(gaps.length, 'gap')}.</p>`,
    body: html`${standings(matrix)}
${contents(parts.map(([id, title]) => [id, title]))}
${parts.map(
  ([id, title, content]) => html`<section>
<h2 id="${id}">${title}</h2>
${content}
</section>
`,
)}`,
    runIds: runs.map(({ record }) => record.run.id),
    writtenAt,
    style: REPORT_STYLE,
  })
}

function part(id: string, title: string, content: Html): [string, string, Html] {
  return [id, title, content]
}
