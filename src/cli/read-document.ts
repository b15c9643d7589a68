import { closeSync, openSync, readSync } from 'node:fs'
import { messageOf, UsageError } from './usage-error.ts'

/** No configuration is larger; whatever is, was meant for something else. */
const MOST_BYTES = 1024 * 1024

/**
 * Reads a file of JSON or YAML. A key that is there twice is refused, in JSON too.
 *
 * @param option - That named the file, for people to know which one is meant.
 * @throws {UsageError} One sentence: there is no such file, or it holds something else.
 */
export async function readDocument(file: string, option = '--config'): Promise<unknown> {
  const bytes = readBytes(file, option)
  if (bytes.length > MOST_BYTES)
    throw new UsageError(`Failed to use ${file}: it is larger than ${MOST_BYTES} bytes.`)
  const text = decoded(file, bytes)
  // Its reader takes 30 ms to load, which a start without a file need not wait for.
  const { parse } = await import('yaml')
  try {
    // JSON is YAML too. What an alias stands for counts each time: a few could make gigabytes.
    return parse(text, { maxAliasCount: 100, logLevel: 'error' })
  } catch (error) {
    const isDeep = error instanceof RangeError
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n')
    throw new UsageError(
      `Failed to use ${file}: it is neither JSON nor YAML: ${isDeep ? 'it nests too deep' : first.trim().replace(/[.:]$/, '')}.`,
    )
  }
}

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`Failed to use ${file}: it is not UTF-8.`)
  }
}

/** At most one byte more than may be: a device would have no end. */
function readBytes(file: string, option: string): Uint8Array {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const bytes = Buffer.alloc(MOST_BYTES + 1)
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null)
    return bytes.subarray(0, length)
  } catch (error) {
    throw new UsageError(`Failed to read ${option} ${file}: ${reasonOf(error)}.`)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'it may not be read',
}

function reasonOf(error: unknown): string {
  const { code = '' } = Object(error) as { readonly code?: string }
  return reasons[code] ?? messageOf(error)
}
