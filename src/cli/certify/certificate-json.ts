import type { Certificate } from '../../evidence/certificate/certificate.ts'

/** A certificate for machines. Field names are stable. */
export function certificateJson(certificate: Certificate, noPdf: string | undefined): string {
  const { rules, ...rest } = certificate
  const having = (result: (typeof rules)[number]['result']) =>
    rules.filter((rule) => rule.result === result).map(({ id }) => id)
  const document = {
    ...rest,
    rules: {
      held: having('held'),
      broken: having('broken'),
      notVerified: having('not-verified'),
    },
    /** Why there is no PDF. */
    ...(noPdf !== undefined && { noPdf }),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
