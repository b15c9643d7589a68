import type { Certificate } from '../../evidence/certificate/certificate.ts'

/** What a certificate comes to, for a person at a terminal. */
export function certificateText(
  certificate: Certificate,
  files: readonly string[],
  noPdf: string | undefined,
): string {
  const { result, reasons, provider, run, validity, exceptions } = certificate
  const idle = exceptions.filter(({ findings }) => findings.length === 0)
  return [
    `Certificate for ${provider}, run ${run.id}: ${result}`,
    ...reasons.map((reason) => `  ${reason}`),
    ...(result === 'not granted'
      ? []
      : [`Valid from ${validity.from} to ${validity.until}: ${validity.because}.`]),
    ...idle.map(({ waiver: { rule, scenario } }) => {
      const where = scenario === undefined ? '' : ` in ${scenario}`
      return `The waiver of ${rule}${where} matches no finding of this run.`
    }),
    '',
    ...files,
    ...(noPdf === undefined ? [] : [`No PDF, because ${noPdf}: print the page instead.`]),
  ].join('\n')
}
