import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import type { RunRecord } from '../../../evidence/record/run-record.ts'
import { contents } from '../../page/contents.ts'
import { html } from '../../page/html.ts'
import { page } from '../../page/page.ts'
import { certificateStyle } from './certificate-style.ts'
import { exceptionSection } from './exceptions.ts'
import { findingSection } from './findings.ts'
import { identitySection } from './identity.ts'
import { resultSection } from './result.ts'
import { ruleSection } from './rules.ts'
import { scenarioSection } from './scenarios.ts'
import { signatureSection } from './signatures.ts'
import { validitySection } from './validity.ts'

/** The certificate as a page for a screen and for A4 paper, that needs nothing else. */
export function certificatePage(certificate: Certificate, record: RunRecord): string {
  const { provider, run, issuedAt } = certificate
  const parts = [
    ['identity', 'Software and environment'],
    ['validity', 'Validity'],
    ['signatures', 'Signatures'],
    ['findings', 'Findings'],
    ['exceptions', 'Exceptions'],
    ['rules', 'Rules'],
    ['scenarios', 'Scenarios'],
  ] as const
  return page({
    title: 'Certificate of conformance',
    lead: html`<p class="subject">Integral FX REST API, as provided by <strong>${provider}</strong></p>`,
    body: html`${resultSection(certificate)}
${contents(parts)}
${identitySection(certificate, record)}
${validitySection(certificate)}
${signatureSection(certificate)}
${findingSection(certificate)}
${exceptionSection(certificate)}
${ruleSection(certificate, record)}
${scenarioSection(certificate, record)}`,
    runIds: [run.id],
    writtenAt: new Date(issuedAt),
    style: certificateStyle(certificate),
  })
}
