import type {
  Certificate,
  Exception,
  NumberedFinding,
} from '../../../evidence/certificate/certificate.ts'
import { catalogue } from '../../../evidence/rules/catalogue.ts'
import { pagesOf } from '../../../evidence/rules/source-pages.ts'
import { countOf } from '../../../evidence/summary.ts'
import type { VerdictFailure } from '../../../evidence/verdict.ts'
import { type Html, html } from '../../page/html.ts'
import { mark } from '../../page/mark.ts'
import { scenarioPlace } from '../../page/scenario-place.ts'
import { rowGroup } from '../../page/table.ts'

/** Every departure from the documentation, waived or not, and every scenario that failed besides. */
export function findingSection({ findings, failures, exceptions }: Certificate): Html {
  const expired = exceptions.filter(({ state }) => state === 'expired')
  return html`<h2 id="findings">Findings</h2>
${findings.length === 0 ? html`<p>None: nothing that was observed departs from the documentation.</p>` : findingTable(findings)}
${expired.length === 0 ? '' : expiredList(expired)}
${failures.length === 0 ? '' : failureTable(failures)}`
}

function expiredList(expired: readonly Exception[]): Html {
  return html`<h3>Expired exceptions</h3>
<p>Each is a finding by itself: nobody answers any longer for what it is about.</p>
<ul>${expired.map(
    ({ number, waiver: { rule, owner, expires } }) =>
      html`<li><code>expired-waiver</code>: exception ${number}, to <code>${rule}</code>, owned by ${owner}, expired on ${expires}</li>`,
  )}</ul>`
}

function findingTable(findings: readonly NumberedFinding[]): Html {
  const byRule = Map.groupBy(findings, ({ rule }) => rule)
  return html`<p>Each names the exchanges that show it, by their numbers within the scenario, and the lines of <code>transcript.ndjson</code> of the evidence in which they stand whole, redacted.</p>
<table class="even findings">
<caption>${countOf(findings.length, 'finding')} against ${countOf(byRule.size, 'rule')}.</caption>
<colgroup><col class="n"><col><col><col class="r"></colgroup>
<thead><tr><th scope="col">No.</th><th scope="col">Observed</th><th scope="col">Where</th><th scope="col">Exception</th></tr></thead>
${[...byRule.values()].map(ruleGroup)}</table>`
}

function ruleGroup(findings: readonly NumberedFinding[]): Html {
  const [first] = findings
  if (!first) return html``
  const { rule, severity, expected } = first
  const title = html`<code>${rule}</code> (${severity}): ${expected}<span class="says">${sourceOf(rule)}</span>`
  return rowGroup(title, 4, findings.map(findingRow))
}

function findingRow(finding: NumberedFinding): Html {
  const { number, code, detail, orderId, scenario, exchanges, records } = finding
  const { contradicts, exceptions, isWaived } = finding
  const before = contradicts
    ? `, though exchange ${contradicts.exchange} showed ${contradicts.saw}`
    : ''
  const shown =
    exchanges.length === 0
      ? 'no single exchange shows it'
      : [
          listOf('exchange', exchanges),
          ...(records.length > 0 ? [listOf('line', records)] : []),
        ].join('; ')
  return html`<tr id="finding-${number}">
<th scope="row">${number}</th>
<td><code>${code}</code>: ${detail}${before}${orderId === '' ? '' : html`<span class="says">order <code>${orderId}</code></span>`}</td>
<td>${scenarioPlace(scenario)}<span class="says">${shown}</span></td>
<td>${isWaived ? mark('warn', exceptions.join(', ')) : mark('bad', 'none')}</td>
</tr>
`
}

function listOf(name: string, numbers: readonly number[]): string {
  return `${name}${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`
}

/** Where the documentation says so. */
function sourceOf(rule: string): string {
  const source = catalogue.find(({ id }) => id === rule)?.source
  if (!source) return 'no rule of the catalogue'
  return `fact sheet ${source.section}, ${source.mark}: ${pagesOf(source.section) ?? 'no page'}`
}

function failureTable(failures: readonly VerdictFailure[]): Html {
  return html`<h3>Scenarios that failed a step</h3>
<table class="even">
<caption>What they expect was not seen, and no exception covers it.</caption>
<thead><tr><th scope="col">Scenario</th><th scope="col">Step</th><th scope="col">Why</th></tr></thead>
<tbody>
${failures.map(
  ({ scenario, step, message }) =>
    html`<tr><th scope="row">${scenarioPlace(scenario)}</th><td>${step}</td><td>${message}</td></tr>\n`,
)}</tbody></table>`
}
