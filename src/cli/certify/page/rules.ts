import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import { whyUnverified } from '../../../evidence/certificate/why-unverified.ts'
import type { RunRecord } from '../../../evidence/record/run-record.ts'
import { catalogue } from '../../../evidence/rules/catalogue.ts'
import { countOf } from '../../../evidence/summary.ts'
import type { RuleVerdict } from '../../../evidence/verdict.ts'
import { type Html, html } from '../../page/html.ts'
import { mark } from '../../page/mark.ts'

/** What was promised: how much of it was seen to hold, and what was not verified, and why. */
export function ruleSection({ rules }: Certificate, record: RunRecord): Html {
  const having = (result: RuleVerdict['result']) => rules.filter((rule) => rule.result === result)
  const open = having('not-verified')
  return html`<h2 id="rules">Rules</h2>
<p>Documented rules <em>must</em> hold, inferred ones <em>should</em>; a finding against either counts.</p>
<table class="counts">
<caption>${countOf(rules.length, 'rule')} of the documentation, by what was observed.</caption>
<thead><tr><th scope="col">Result</th><th scope="col" class="number">must</th><th scope="col" class="number">should</th><th scope="col" class="number">all</th></tr></thead>
<tbody>
${countRow(mark('good', 'held'), having('held'))}
${countRow(mark('bad', 'broken'), having('broken'))}
${countRow(mark('open', 'not verified'), open)}
</tbody></table>
${open.length === 0 ? '' : unverifiedTable(open, record)}`
}

function countRow(title: Html, rules: readonly RuleVerdict[]): Html {
  const count = (severity: RuleVerdict['severity']) =>
    rules.filter((rule) => rule.severity === severity).length
  return html`<tr><th scope="row">${title}</th><td class="number">${count('must')}</td><td class="number">${count('should')}</td><td class="number">${rules.length}</td></tr>`
}

function unverifiedTable(open: readonly RuleVerdict[], record: RunRecord): Html {
  const sentences = new Map(catalogue.map(({ id, sentence }) => [id, sentence]))
  return html`<h3>Rules not verified</h3>
<p>Nothing is certified of these.</p>
<table class="even">
<caption>${countOf(open.length, 'rule')} that this run gave no chance to see.</caption>
<colgroup><col><col class="r"><col></colgroup>
<thead><tr><th scope="col">Rule</th><th scope="col">Weight</th><th scope="col">Why not verified</th></tr></thead>
<tbody>
${open.map(
  ({ id, severity }) =>
    html`<tr><th scope="row"><code>${id}</code><span class="says">${sentences.get(id) ?? ''}</span></th><td>${severity}</td><td>${whyUnverified(id, record)}</td></tr>\n`,
)}</tbody></table>`
}
