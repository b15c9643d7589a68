import type { Matrix } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import type { ExitCode } from '../exit-code.ts'
import { contents } from '../page/contents.ts'
import { type Html, html } from '../page/html.ts'
import { type Tone, verdictLine } from '../page/mark.ts'
import { page } from '../page/page.ts'
import { failureSection, hasFailuresAlone } from '../report/failure-section.ts'
import { findingSection } from '../report/finding-section.ts'
import { gapSection } from '../report/gap-section.ts'
import { limitsSection } from '../report/limits-section.ts'
import { familyTable, runTable } from '../report/overview.ts'
import { REPORT_STYLE } from '../report/report-style.ts'
import { ruleTable } from '../report/rule-table.ts'
import { standings } from '../report/standings.ts'
import { expectationSection, hasExpectations } from './expectation-section.ts'
import { overviewSummary } from './overview-summary.ts'
import type { ProviderResult } from './provider-result.ts'
import { hasVariants, variantSection } from './variant-section.ts'
import { hasWaivers, waiverSection } from './waiver-section.ts'

const TONES = { 0: 'good', 1: 'bad', 2: 'open' } as const satisfies Record<ExitCode, Tone>

export interface Overview {
  readonly matrix: Matrix
  readonly results: readonly ProviderResult[]
  /** Of the whole. */
  readonly code: ExitCode
  /** What broke the whole off; absent where nothing did. */
  readonly interruption?: string | undefined
  readonly writtenAt: Date
}

/** How every provider stands, rule by rule: a page that needs nothing else. */
export function overviewPage({ matrix, results, code, interruption, writtenAt }: Overview): string {
  const { runs, rows, gaps } = matrix
  const isBroken = runs.some(({ record }) => record.verdict.findings.length > 0)
  const parts: (readonly [id: string, title: string, part: Html])[] = [
    ...(isBroken ? [part('findings', 'Findings', findingSection(matrix))] : []),
    ...(hasFailuresAlone(matrix)
      ? [part('failures', 'Failed without a finding', failureSection(matrix))]
      : []),
    ...(hasExpectations(results)
      ? [part('expectations', 'What was expected', expectationSection(results))]
      : []),
    ...(hasWaivers(results) ? [part('waivers', 'Waivers', waiverSection(results))] : []),
    ...(hasVariants(matrix)
      ? [part('variants', 'What the documentation leaves open', variantSection(matrix))]
      : []),
    part('runs', 'Run of each provider', runTable(matrix)),
    part('families', 'Rules by family', familyTable(matrix)),
    part('rules', 'Every rule at every provider', ruleTable(matrix)),
    part('gaps', `Gaps (${gaps.length})`, gapSection(matrix)),
    part('limits', 'What this page does not show', limitsSection(matrix)),
  ]
  const broke =
    interruption === undefined
      ? ''
      : html` <strong>It was interrupted by ${interruption}: what was not run yet is not judged.</strong>`
  return page({
    title: 'Providers',
    lead: html`<p class="lead">What Integral’s documentation promises of its FX REST API, rule by rule, and what was seen of each rule at
each provider: ${countOf(rows.length, 'rule')}, ${countOf(results.length, 'provider')}.${broke}</p>`,
    body: html`${verdictLine(TONES[code], overviewSummary(results, code))}
${standings(matrix)}
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

function part(id: string, title: string, content: Html): readonly [string, string, Html] {
  return [id, title, content]
}
