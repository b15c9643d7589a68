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

/** What a reader came for: granted or not, why, and what is to be known before it is believed. */
export function resultSection({ result, reasons, cautions, run }: Certificate): Html {
  return html`${isSimulated(run.target) ? html`<p class="untested">${SIMULATION_SCOPE}</p>` : ''}
<section class="outcome ${TONES[result]}" aria-label="Result">
<p class="result">${result}</p>
<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>${
    cautions.length === 0
      ? ''
      : html`
<ul class="cautions">${cautions.map((caution) => html`<li>${caution}</li>`)}</ul>`
  }
</section>`
}
