import { isIP } from 'node:net'

/** A key with its certificate, in PEM. */
export interface Certified {
  readonly key: string
  readonly cert: string
}

/** Browsers and systems refuse those that last longer than 825 days. */
const LASTS_DAYS = 365
const DAY_MS = 86_400_000

/**
 * Makes a certificate that vouches for itself, for this machine by all its names and for `hostname`. Who
 * is given it as an authority trusts this server, and no other: it can sign nothing else.
 */
export async function selfMade(hostname: string, now: number): Promise<Certified> {
  // Loaded only where one is made: it takes longer than all the rest of the start.
  const { generate } = await import('selfsigned')
  const names = [...new Set(['127.0.0.1', '::1', 'localhost', hostname])]
  const made = await generate([{ name: 'commonName', value: 'integral-harness serve' }], {
    ...{ keyType: 'ec', algorithm: 'sha256' },
    // Clocks differ; one that is behind should trust it too.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + LASTS_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(altName) },
    ],
  })
  return { key: made.private, cert: made.cert }
}

function altName(name: string) {
  return isIP(name) === 0 ? ({ type: 2, value: name } as const) : ({ type: 7, ip: name } as const)
}
