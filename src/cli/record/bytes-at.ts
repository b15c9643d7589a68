import { closeSync, openSync, readSync } from 'node:fs'
import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'

/** Reads a piece of a file. @throws {Error} The file is shorter by now. */
export function bytesAt(file: string, { offset, length }: LinePlace): Buffer {
  const open = openSync(file, 'r')
  try {
    const bytes = Buffer.allocUnsafe(length)
    let read = 0
    while (read < length) {
      const more = readSync(open, bytes, read, length - read, offset + read)
      if (more === 0) throw new Error(`${file} was cut off while the run was under way`)
      read += more
    }
    return bytes
  } finally {
    closeSync(open)
  }
}
