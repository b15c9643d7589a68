import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'

/** SHA-256 of a file, in hex, which is never held as a whole; nothing where there is none. */
export async function sha256OfFile(file: string): Promise<string | undefined> {
  if (!existsSync(file)) return undefined
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return hash.digest('hex')
}
