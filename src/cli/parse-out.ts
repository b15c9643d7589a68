import { UsageError } from './usage-error.ts'

/**
 * The directory of `--out`: an empty one, as of a variable that is not set, would mean the current
 * directory, and litter it.
 *
 * @throws {UsageError} It is empty.
 */
export function parseOut(out: string): string {
  if (out.trim() !== '') return out
  throw new UsageError(`Malformed --out ${JSON.stringify(out)}: name a directory.`)
}
