import {
  createHash,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto'

/** What a DSSE envelope carries, by its media type. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** One signature of an envelope. */
export interface Signature {
  /** SHA-256 of the public key as DER (SPKI), in hexadecimal: a hint, and itself not signed. */
  readonly keyid: string
  /** Base64. */
  readonly sig: string
}

/** Which key it is, whichever half is given. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** @param key - An Ed25519 private key. */
export function signPayload(payload: string, key: KeyObject): Signature {
  return {
    keyid: keyIdOf(key),
    sig: signBytes(null, preAuthEncoding(payload), key).toString('base64'),
  }
}

/** @param key - An Ed25519 public key. */
export function isSignedBy(payload: Uint8Array, { sig }: Signature, key: KeyObject): boolean {
  return verifyBytes(null, preAuthEncoding(payload), key, Buffer.from(sig, 'base64'))
}

/**
 * What is signed instead of the payload alone, so that nobody can take it for something else.
 *
 * @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md, "PAE".
 */
function preAuthEncoding(payload: string | Uint8Array): Buffer {
  const body = Buffer.from(payload)
  const head = `DSSEv1 ${Buffer.byteLength(PAYLOAD_TYPE)} ${PAYLOAD_TYPE} ${body.length} `
  return Buffer.concat([Buffer.from(head), body])
}
