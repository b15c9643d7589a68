import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { Behaviour } from './behaviour.ts'

export interface Certificate {
  readonly key: string
  readonly cert: string
  /** PEM file of the authority that signed it. */
  readonly caFile: string
}

const DAY_MS = 86_400_000
const daysFromNow = (days: number): Date => new Date(Date.now() + days * DAY_MS)
const ec = { keyType: 'ec', algorithm: 'sha256' } as const

/**
 * Makes an authority and a certificate for 127.0.0.1 and localhost; writes the authority's own
 * certificate to `folder`, which must exist, as `ca.pem`.
 */
export async function makeCertificate(
  folder: string,
  flags: Pick<Behaviour, 'wrongName' | 'expiredCertificate'>,
): Promise<Certificate> {
  const ca = await generate([{ name: 'commonName', value: 'Stand-in authority' }], {
    ...ec,
    notBeforeDate: daysFromNow(-30),
    notAfterDate: daysFromNow(30),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const host = flags.wrongName ? 'elsewhere.example' : 'localhost'
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    ...ec,
    notBeforeDate: daysFromNow(-20),
    notAfterDate: daysFromNow(flags.expiredCertificate ? -1 : 20),
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: host },
          ...(flags.wrongName ? [] : [{ type: 7, ip: '127.0.0.1' } as const]),
        ],
      },
    ],
  })
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, ca.cert)
  return { key, cert, caFile }
}
