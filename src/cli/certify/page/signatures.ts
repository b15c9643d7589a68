import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import { type Html, html } from '../../page/html.ts'

const FIELDS = ['Name', 'Function', 'Date', 'Signature'] as const

/** Who answers for it: to be filled in by hand. */
export function signatureSection({ provider, result }: Certificate): Html {
  return html`<h2 id="signatures">Signatures</h2>
<p>${
    result === 'not granted'
      ? 'Signed, this sheet says that its contents are known; it certifies nothing.'
      : 'The undersigned have read the findings, the exceptions and what was not verified.'
  }</p>
<div class="signatures">
${signatory('Tester', 'ran the scenarios and vouches for the provider named above')}
${signatory(`Provider: ${provider}`, 'confirms that its software was tested, and the exceptions')}
</div>`
}

function signatory(title: string, says: string): Html {
  const fields = FIELDS.map(
    (name) =>
      html`<div class="${name === 'Signature' ? 'tall' : ''}"><dt>${name}</dt><dd></dd></div>`,
  )
  return html`<section><h3>${title}</h3><p class="says">${says}</p><dl>${fields}</dl></section>`
}
