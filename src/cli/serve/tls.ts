import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { messageOf, UsageError } from '../usage-error.ts'
import { type Certified, selfMade } from './certificate.ts'

/** HTTPS with a certificate that is made anew and told nobody, or with the one in these files. */
export type TlsOptions = 'made' | TlsFiles

export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/**
 * The key and certificate to serve with: what the files hold, or, where there are none yet, what is made
 * and written there.
 *
 * @param hostname - What the server listens on, one name of the certificate that is made.
 * @param now - Epoch milliseconds.
 * @throws {UsageError} One sentence: a file cannot be read or written, or they do not go together.
 */
export async function certificateFor(
  tls: TlsOptions,
  hostname: string,
  now: number,
): Promise<Certified> {
  if (tls === 'made') return selfMade(hostname, now)
  const [hasCert, hasKey] = [existsSync(tls.cert), existsSync(tls.key)]
  if (hasCert && hasKey) return usable(given(tls), tls, now)
  if (hasCert || hasKey) {
    throw new UsageError(
      `Failed to use --tls-cert ${tls.cert} and --tls-key ${tls.key}: only one of them exists; give both, or neither to have them made.`,
    )
  }
  const made = await selfMade(hostname, now)
  // Whoever reads the key can pass for this server.
  write('--tls-key', tls.key, made.key, 0o600)
  write('--tls-cert', tls.cert, made.cert, 0o644)
  return made
}

function given({ cert, key }: TlsFiles): Certified {
  return { key: read('--tls-key', key), cert: read('--tls-cert', cert) }
}

function usable(certified: Certified, { cert, key }: TlsFiles, now: number): Certified {
  try {
    createSecureContext({ ...certified })
  } catch (error) {
    throw new UsageError(
      `Failed to use --tls-cert ${cert} and --tls-key ${key}: they do not make a certificate and its key in PEM: ${messageOf(error)}.`,
    )
  }
  const { validTo } = new X509Certificate(certified.cert)
  if (Date.parse(validTo) <= now) {
    throw new UsageError(
      `Failed to use --tls-cert ${cert}: it expired at ${validTo}; remove both files to have new ones made.`,
    )
  }
  return certified
}

function read(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Failed to read ${option} ${file}: ${messageOf(error)}.`)
  }
}

/** Never over a file that came into being in between. */
function write(option: string, file: string, text: string, mode: number): void {
  try {
    writeFileSync(file, text, { mode, flag: 'wx' })
  } catch (error) {
    throw new UsageError(`Failed to write ${option} ${file}: ${messageOf(error)}.`)
  }
}
