import type { Certificate } from '../../evidence/certificate/certificate.ts'

/** What a certificate comes to, for a person at a terminal. */
export function certificateText(
  certificate: Certificate,
  files: readonly string[],
  noPdf: string | undefined,
): string {
  const { result, reasons, cautions, provider, run, validity, exceptions } = certificate
  return [
    `Certificate for ${provider}, run ${run.id}: ${result}`,
    ...[...reasons, ...cautions].map((line) => `  ${line}`),
    ...failureLines(certificate.failures),
    ...(result === 'not granted'
      ? []
      : [`Valid from ${validity.from} to ${validity.until}: ${validity.because}.`]),
    ...exceptions.flatMap(idleLine),
    '',
    ...files,
    ...(noPdf === undefined ? [] : [`No PDF, because ${noPdf}: print the page instead.`]),
  ].join('\n')
}

/** Scenarios that are named here; the sheet tells all, and why each failed. */
const MOST_NAMED = 4

function failureLines(failures: Certificate['failures']): string[] {
  if (failures.length === 0) return []
  const more = failures.length - MOST_NAMED
  return [
    'Failed at a step:',
    ...failures.slice(0, MOST_NAMED).map(({ scenario, step }) => `  ${scenario}: ${step}`),
    ...(more > 0 ? [`  … and ${more} more, in the certificate`] : []),
    'Have it mended and run again; or, where the scenario has a finding, waive its rule in a waiver that names the scenario: see docs/certificate.md.',
  ]
}

/** A waiver that does nothing here; of one that has expired the reasons tell. */
function idleLine({ waiver, state, findings }: Certificate['exceptions'][number]): string[] {
  const { rule, scenario, granted } = waiver
  const name = `The waiver of ${rule}${scenario === undefined ? '' : ` in ${scenario}`}`
  if (state === 'not yet in force')
    return [`${name} is not yet in force: it counts from ${granted}.`]
  return findings.length === 0 ? [`${name} matches no finding of this run.`] : []
}
