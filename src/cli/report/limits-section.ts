import type { Matrix } from '../../evidence/matrix/matrix.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { lineToType } from '../line-to-type.ts'
import { type Html, html } from '../page/html.ts'

/** What nobody should read into the page. */
export function limitsSection({ runs, noun }: Matrix): Html {
  const isAllSimulated = runs.every(({ record }) => isSimulated(record.run.target))
  return html`<ul class="limits">
${isAllSimulated ? html`<li><strong>No provider was tested.</strong> The runs here were made against a simulation that was written from the documentation.</li>\n` : ''}<li><strong>Not that it always holds.</strong> A rule held in the exchanges that were made, at the time they were made. Other instruments, sizes and
hours, load, and speed were not looked at, nor anything on production.</li>
<li><strong>Not what no rule is about.</strong> The rules were read from the documentation; what it leaves open is no rule. How a ${noun} fills such a gap stands
${noun === 'provider' ? html`under <a href="#variants">What the documentation leaves open</a>, as far as it was seen` : html`in its verdict.json, as <em>variants</em>`}.</li>
<li><strong>Not what happens between two queries.</strong> Polling samples: a status may come and go unseen. Only what was seen counts as seen.</li>
<li><strong>Not that nobody edited it.</strong> This page is not signed. It was made from the evidence of the runs; whether that is still as it was written, says
${runs.map(({ dir }, at) => html`${at === 0 ? '' : ' and '}<code>${lineToType(`evidence verify ${dir}`)}</code>`)}.</li>
<li><strong>Not every name.</strong> Where many scenarios show the same, the first are named and the others counted; verdict.json names them all.</li>
</ul>`
}
