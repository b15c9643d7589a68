import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { RunMark } from '../run-mark.ts'
import { mergeMessages } from './merge-messages.ts'
import type { Part } from './part.ts'

/**
 * Makes `messages.ndjson` of those of the parts.
 *
 * @returns Why there is none, if so.
 */
export async function writeMessages(
  parts: readonly Part[],
  file: string,
  run: RunMark,
): Promise<string | undefined> {
  const messages = createWriteStream(file)
  const why = await mergeMessages(parts, run, async (text) => {
    if (!messages.write(`${text}\n`)) await once(messages, 'drain')
  })
  messages.end()
  await finished(messages)
  if (why !== undefined) await rm(file)
  return why
}
