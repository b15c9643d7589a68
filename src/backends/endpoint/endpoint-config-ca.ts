import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Certificates in PEM, or a sentence about why a file holds none. */
export type CaFile =
  | { readonly ok: true; readonly pem: string }
  | { readonly ok: false; readonly why: string }

/** Reads the certificates that INTEGRAL_CA_FILE names; whatever else the file holds is left out. */
export function readCaFile(path: string): CaFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    return unusable(`cannot be read (${String(Object(error).code)})`)
  }
  const blocks = text.match(BLOCK) ?? []
  if (blocks.length === 0) return unusable('holds no certificate in PEM')
  if (!blocks.every(isCertificate)) return unusable('holds a certificate that is damaged')
  return { ok: true, pem: `${blocks.join('\n')}\n` }
}

function unusable(why: string): CaFile {
  return {
    ok: false,
    why: `The file that INTEGRAL_CA_FILE names ${why}: give a readable PEM file with the certificate of the issuer.`,
  }
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem)
    return true
  } catch {
    return false
  }
}
