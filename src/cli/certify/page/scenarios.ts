import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import {
  type ScenarioSheet,
  type SheetRow,
  scenarioSheet,
} from '../../../evidence/certificate/scenario-sheet.ts'
import type { RunRecord } from '../../../evidence/record/run-record.ts'
import { isSilent } from '../../../evidence/record/scenario-record.ts'
import { align } from '../../../evidence/timeline-text.ts'
import { type Html, html } from '../../page/html.ts'
import { mark } from '../../page/mark.ts'

/** Every scenario, step by step: what was done, what had to be seen, what was, and what that makes. */
export function scenarioSection({ findings }: Certificate, { scenarios }: RunRecord): Html {
  const sheets = scenarios.map((scenario) => scenarioSheet(scenario, findings))
  const numbers = new Map(sheets.map((sheet, at) => [sheet, at + 1]))
  const features = Map.groupBy(sheets, ({ scenario }) => scenario.uri)
  return html`<h2 id="scenarios">Scenarios</h2>
<p>Exchanges are numbered within their scenario. What a step observed is what its own exchanges showed.</p>
${[...features].map(
  ([uri, own]) => html`<section>
<h3>${own[0]?.scenario.feature || uri}</h3>
<p class="says"><code>${uri}</code></p>
${own.map((sheet) => scenarioTable(sheet, numbers.get(sheet) ?? 0))}
</section>
`,
)}`
}

const RESULTS = {
  passed: mark('good', 'passed'),
  failed: mark('bad', 'failed'),
  notVerified: mark('open', 'not verified'),
}

function scenarioTable({ scenario, rows }: ScenarioSheet, number: number): Html {
  const { uri, line, name, rule, status, notVerified, failure } = scenario
  const isShown = rows.some((row) => row.status === 'failed' || row.findings.length > 0)
  return html`<section class="scenario">
<h4>${number}. ${name} ${RESULTS[status]}</h4>
<p class="says"><code>${uri}:${line}</code>${rule === undefined ? '' : ` · ${rule}`}</p>
${notVerified === undefined ? '' : html`<p>Not verified: ${notVerified}.</p>`}
${status === 'passed' && isSilent(scenario) ? html`<p>Nothing was sent: this scenario says nothing of the provider.</p>` : ''}
${status === 'failed' && !isShown && failure ? html`<p>Failed, ${failure.step}: ${failure.message}</p>` : ''}
<table class="steps">
<colgroup><col class="n"><col class="w"><col class="w"><col><col class="r"></colgroup>
<thead><tr><th scope="col">Step</th><th scope="col">Action</th><th scope="col">Expected</th><th scope="col">Observed</th><th scope="col">Result</th></tr></thead>
<tbody>
${rows.map(stepRow)}</tbody></table>
</section>
`
}

const STEP_RESULTS = {
  passed: mark('good', 'passed'),
  failed: mark('bad', 'failed'),
  skipped: mark('open', 'not run'),
  notVerified: mark('open', 'not verified'),
}

function stepRow(row: SheetRow): Html {
  const { number, action, expected, argument, observed } = row
  const seen =
    observed.length === 1
      ? (observed[0] ?? '')
      : html`<ul>${observed.map((line) => html`<li>${line}</li>`)}</ul>`
  return html`<tr${argument === undefined ? '' : html` class="first"`}><th scope="row">${number ?? '–'}</th><td>${
    action ?? ''
  }</td><td>${expected ?? ''}</td><td>${seen}</td><td>${resultOf(row)}</td></tr>
${argument === undefined ? '' : html`<tr><td></td><td colspan="4"><pre>${aligned(argument)}</pre></td></tr>\n`}`
}

/** What the judge found in a step counts, also where the step itself has passed. */
function resultOf({ status, findings }: SheetRow): Html {
  const links = findings.map((each) => html` <a href="#finding-${each}">finding ${each}</a>`)
  return html`${status === 'passed' && findings.length > 0 ? mark('bad', 'broken') : STEP_RESULTS[status]}${links}`
}

/** A table below a step with its columns in line; any other text as it is. */
function aligned(argument: string): string {
  const rows = argument.split('\n').map((line) => /^\| (.*) \|$/.exec(line)?.[1]?.split(' | '))
  const isTable = rows.every((cells) => cells && cells.length === rows[0]?.length)
  return isTable ? align(rows.map((cells) => cells ?? [])).join('\n') : argument
}
