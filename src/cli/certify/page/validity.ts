import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import { VALID_DAYS } from '../../../evidence/certificate/validity.ts'
import { type Html, html } from '../../page/html.ts'

/** From when to when it counts, and what ends it before. */
export function validitySection({ result, validity }: Certificate): Html {
  const { from, until, because } = validity
  const period =
    result === 'not granted'
      ? html`<p>Not granted: valid on no day.</p>`
      : html`<p>From <strong>${from}</strong> to <strong>${until}</strong>, both included, in UTC: ${because}.</p>`
  return html`<h2 id="validity">Validity</h2>
${period}
<p>A certificate is valid for at most ${VALID_DAYS} days, the day of its run included. It ends earlier with any of these:</p>
<ul>
<li>an order model, a rule or the API contract changes, so that one of the digests above is another one;</li>
<li>another build, release or configuration of the provider's software takes the place of the one that was tested;</li>
<li>the endpoint or the account is another one;</li>
<li>an exception that it rests on expires or is withdrawn.</li>
</ul>`
}
