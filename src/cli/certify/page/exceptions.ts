import type { Certificate, Exception } from '../../../evidence/certificate/certificate.ts'
import { rangesOf } from '../../../evidence/ranges.ts'
import { countOf } from '../../../evidence/summary.ts'
import { type Html, html } from '../../page/html.ts'
import { mark } from '../../page/mark.ts'

/** Who answers for what, until when; also those that count no longer, and those about nothing. */
export function exceptionSection({ exceptions }: Certificate): Html {
  if (exceptions.length === 0) {
    return html`<h2 id="exceptions">Exceptions</h2>
<p>None: nobody waives anything.</p>`
  }
  const heads = ['No.', 'Rule', 'Reason', 'Owner', 'Granted', 'Expires', 'Findings']
  return html`<h2 id="exceptions">Exceptions</h2>
<p>A finding that an exception covers stays a finding. An exception that has expired is one itself.</p>
<table class="exceptions">
<caption>${countOf(exceptions.length, 'exception')}, by the waiver file.</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${exceptions.map(exceptionRow)}</tbody></table>`
}

function exceptionRow({ number, waiver, state, findings }: Exception): Html {
  const { rule, scenario, owner, reason, granted, expires } = waiver
  return html`<tr id="exception-${number}">
<th scope="row">${number}</th>
<td><code>${rule}</code>${scenario === undefined ? '' : html`<span class="says">only <code>${scenario}</code></span>`}</td>
<td>${reason}</td>
<td>${owner}</td>
<td>${granted}</td>
<td>${expires}</td>
<td>${findings.length === 0 ? 'matches none' : rangesOf(findings)}<span class="says">${standing(state)}</span></td>
</tr>
`
}

function standing(state: Exception['state']): Html {
  if (state === 'in force') return mark('good', state)
  return mark(state === 'expired' ? 'bad' : 'warn', state)
}
