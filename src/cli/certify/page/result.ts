import type { Certificate, CertificateResult } from '../../../evidence/certificate/certificate.ts'
import { isSimulated } from '../../../evidence/simulated.ts'
import { SIMULATION_SCOPE } from '../../../evidence/summary.ts'
import { type Html, html } from '../../page/html.ts'
import type { Tone } from '../../page/mark.ts'

const TONES: Readonly<Record<CertificateResult, Tone>> = {
  granted: 'good',
  'granted with exceptions': 'warn',
  'not granted': 'bad',
}

/** What a reader came for: granted or not, and why. */
export function resultSection({ result, reasons, run }: Certificate): Html {
  return html`${isSimulated(run.target) ? html`<p class="untested">${SIMULATION_SCOPE}</p>` : ''}
<section class="outcome ${TONES[result]}" aria-label="Result">
<p class="result">${result}</p>
<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
</section>`
}
