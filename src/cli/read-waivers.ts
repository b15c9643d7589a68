import { parseWaivers, WaiverError } from '../evidence/waivers/parse-waivers.ts'
import type { Waiver } from '../evidence/waivers/waiver.ts'
import { readDocument } from './read-document.ts'
import { UsageError } from './usage-error.ts'

/**
 * Reads a waiver file, JSON or YAML: a list, each with `rule`, `owner`, `reason`, `granted`,
 * `expires`, and perhaps `scenario` and `target`.
 *
 * @throws {UsageError} One sentence, with the path of what is wrong.
 */
export async function readWaivers(file: string): Promise<readonly Waiver[]> {
  const given = await readDocument(file, '--waivers')
  try {
    return parseWaivers(given)
  } catch (error) {
    if (!(error instanceof WaiverError)) throw error
    throw new UsageError(
      `Failed to use ${file}: ${error.message}${error.message.endsWith('?') ? '' : '.'}`,
    )
  }
}
