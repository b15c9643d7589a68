import { rename, rm, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all: nobody ever reads a half of it. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const half = `${file}.${process.pid}.tmp`
  try {
    await writeFile(half, content)
    await rename(half, file)
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}
