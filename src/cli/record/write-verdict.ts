import { createHash } from 'node:crypto'
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import type { Verdict } from '../../evidence/verdict.ts'
import { verdictTexts } from '../../evidence/verdict-json.ts'

/** A verdict as it was written. */
export interface WrittenVerdict {
  readonly file: string
  /** SHA-256 of its bytes, in hex. */
  readonly sha256: string
  /** In bytes. */
  readonly length: number
}

/** Writes a verdict whole or not at all, and never holds it as a whole. */
export function writeVerdict(file: string, verdict: Verdict): WrittenVerdict {
  const half = `${file}.${process.pid}.tmp`
  try {
    const written = writePieces(half, verdictTexts(verdict))
    renameSync(half, file)
    return { file, ...written }
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  }
}

function writePieces(file: string, texts: Iterable<string>): Omit<WrittenVerdict, 'file'> {
  const hash = createHash('sha256')
  let length = 0
  const open = openSync(file, 'w')
  try {
    for (const text of texts) {
      const bytes = Buffer.from(text)
      hash.update(bytes)
      length += bytes.length
      // One call may write a part only, to a full disk for instance.
      for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSync(open, rest))
    }
  } finally {
    closeSync(open)
  }
  return { sha256: hash.digest('hex'), length }
}
