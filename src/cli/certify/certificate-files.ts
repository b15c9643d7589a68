/** The files of a certificate, in the directory that it is written to. */
export const CERTIFICATE_FILES = {
  html: 'certificate.html',
  pdf: 'certificate.pdf',
  json: 'certificate.json',
} as const
