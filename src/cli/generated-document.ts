import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** A tracked document that is made from the code, in whole or in part. */
export interface GeneratedDocument {
  /** Below the project's root. */
  readonly path: string
  /** The npm script that writes it. */
  readonly script: string
  /** @param written - What stands there now; empty where there is nothing. */
  readonly make: (written: string) => string
}

/**
 * Writes the document; with `--check`, only says whether it is up to date.
 *
 * @param args - What came after the script's name.
 * @returns Exit code: 0 written, or up to date; 1 stale or missing; 2 unknown argument, or it cannot be
 *   made for a reason that one sentence tells.
 * @throws {Error} It cannot be made from what stands there.
 */
export async function generate(
  { path, script, make }: GeneratedDocument,
  args: readonly string[],
): Promise<number> {
  const check = wantsCheck(args)
  if (check === undefined) {
    console.error('Failed to read the arguments: only --check is known.')
    return 2
  }
  const file = new URL(`../../${path}`, import.meta.url)
  const written = await readFile(file, 'utf8').catch(() => '')
  const fresh = madeOr(() => make(written))
  if (fresh instanceof UsageError) {
    console.error(fresh.message)
    return 2
  }
  if (!check) {
    await writeFile(file, fresh)
    return 0
  }
  if (written === fresh) return 0
  console.error(`${path} is not what the code gives. Run: npm run ${script}`)
  return 1
}

function madeOr(make: () => string): string | UsageError {
  try {
    return make()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

function wantsCheck(args: readonly string[]): boolean | undefined {
  try {
    const options = { check: { type: 'boolean', default: false } } as const
    return parseArgs({ args: [...args], options }).values.check
  } catch {
    return undefined
  }
}
