import { generate } from 'selfsigned'

/** A key with its certificate, in PEM. */
export interface Certified {
  readonly key: string
  readonly cert: string
}

const EC = { keyType: 'ec', algorithm: 'sha256' } as const

/** An authority that no system trusts. */
export async function madeAuthority(name = 'Test CA'): Promise<Certified> {
  const made = await generate([{ name: 'commonName', value: name }], {
    ...EC,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return { key: made.private, cert: made.cert }
}

/** A server certificate for one name or address, signed by `ca`. */
export async function certified(ca: Certified, subject: string): Promise<Certified> {
  const isAddress = /^[\d.]+$/.test(subject)
  const made = await generate([{ name: 'commonName', value: subject }], {
    ...EC,
    ca,
    extensions: [
      { name: 'basicConstraints', cA: false },
      {
        name: 'subjectAltName',
        altNames: [isAddress ? { type: 7, ip: subject } : { type: 2, value: subject }],
      },
    ],
  })
  return { key: made.private, cert: made.cert }
}
