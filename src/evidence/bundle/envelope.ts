import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { PAYLOAD_TYPE, type Signature, signPayload } from './signing.ts'

const envelopeSchema = z.object({
  payload: z.string(),
  payloadType: z.literal(PAYLOAD_TYPE),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })).max(1),
})

/** A DSSE envelope that was opened. */
export interface Envelope {
  /** As it was signed, byte for byte. */
  readonly payload: Buffer
  /** Absent where nobody signed. */
  readonly signature?: Signature | undefined
}

/** @param key - An Ed25519 private key; without it nobody signs, and `signatures` is empty. */
export function sealed(payload: string, key: KeyObject | undefined): string {
  return textOf(Buffer.from(payload), key && signPayload(payload, key))
}

/** @returns Nothing where it is not, to the byte, what {@link sealed} writes. */
export function opened(text: string): Envelope | undefined {
  const envelope = envelopeSchema.safeParse(jsonIn(text)).data
  if (!envelope) return undefined
  const payload = Buffer.from(envelope.payload, 'base64')
  const [signature] = envelope.signatures
  return textOf(payload, signature) === text ? { payload, signature } : undefined
}

/** A field a line, so that a shell can take it apart. */
function textOf(payload: Buffer, signature: Signature | undefined): string {
  const envelope = {
    payload: payload.toString('base64'),
    payloadType: PAYLOAD_TYPE,
    signatures: signature ? [{ keyid: signature.keyid, sig: canonical(signature.sig) }] : [],
  }
  return `${JSON.stringify(envelope, null, 2)}\n`
}

/** Base64 has bits that mean nothing: of two texts for the same bytes, one is ours. */
function canonical(base64: string): string {
  return Buffer.from(base64, 'base64').toString('base64')
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
