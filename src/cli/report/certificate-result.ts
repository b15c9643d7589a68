import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { CERTIFICATE_FILES } from '../certify/certificate-files.ts'

/**
 * What the certificate in a run's directory came to, e.g. `not granted`; nothing where there is none, or
 * where it is not known to be of this run: it is no certificate of another one.
 */
export function certificateResultOf(folder: string, run: string): string | undefined {
  const file = join(folder, CERTIFICATE_FILES.json)
  const certificate = existsSync(file) ? jsonIn(readFileSync(file, 'utf8')) : undefined
  const { run: certified, result } = Object(certificate)
  return Object(certified).id === run && typeof result === 'string' ? result : undefined
}
