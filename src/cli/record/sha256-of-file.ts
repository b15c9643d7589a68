import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** Read at once, in bytes. */
const PIECE = 1 << 20

/**
 * SHA-256 of a file, in hex, which is never held as a whole; nothing where there is none. It is read into one buffer
 * again and again: those of a stream would lie about by the hundred until they are collected.
 */
export async function sha256OfFile(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE)
  const handle = await open(file)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(piece)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}
