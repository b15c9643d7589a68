import { hash } from 'node:crypto'

/** SHA-256 of bytes, or of a text as UTF-8, in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}
