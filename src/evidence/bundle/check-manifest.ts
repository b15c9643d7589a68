import type { KeyObject } from 'node:crypto'
import { BUNDLE_FILES } from './bundle-files.ts'
import { type Envelope, opened } from './envelope.ts'
import type { Flaw } from './flaw.ts'
import { isSignedBy, keyIdOf } from './signing.ts'
import { type Subject, statementSchema } from './statement.ts'

const file = BUNDLE_FILES.manifest

/** What a manifest says, and whether it may be believed. */
export interface ReadManifest {
  readonly envelope?: Envelope | undefined
  readonly subjects?: readonly Subject[] | undefined
  readonly flaws: readonly Flaw[]
}

/** @param key - Whose signature it must bear, if anybody's. */
export function readManifest(text: string, key: KeyObject | undefined): ReadManifest {
  const envelope = opened(text)
  if (!envelope) return { flaws: [altered('it is not the envelope that a run writes')] }
  const statement = statementSchema.safeParse(jsonIn(envelope.payload.toString())).data
  const subjects = statement?.subject
  const unreadable = subjects ? [] : [altered('its payload is not the statement that a run makes')]
  return {
    envelope,
    subjects,
    flaws: [...unreadable, ...(key ? signatureFlaws(envelope, key) : [])],
  }
}

function signatureFlaws({ payload, signature }: Envelope, key: KeyObject): Flaw[] {
  const expected = keyIdOf(key)
  if (!signature) {
    return [altered(`nobody has signed it, and key ${expected} should have`)]
  }
  const isGood = isSignedBy(payload, signature, key)
  if (signature.keyid !== expected) {
    const more = isGood ? ', though that of --key has signed it' : ''
    return [altered(`it names the key ${signature.keyid}, not that of --key, ${expected}${more}`)]
  }
  return isGood ? [] : [altered(`its signature is not that of key ${expected} on this payload`)]
}

function altered(detail: string): Flaw {
  return { kind: 'altered', file, detail }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
