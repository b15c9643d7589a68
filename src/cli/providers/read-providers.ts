import { readDocument } from '../read-document.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import { type Providers, providersSchema } from './providers-schema.ts'
import { schemaMistakes } from './schema-mistakes.ts'

/**
 * Reads a file of providers, YAML or JSON.
 *
 * @throws {UsageError} Every mistake, one sentence each, with its path. No value is quoted: somebody may
 * have written a secret into the file.
 */
export async function readProviders(file: string): Promise<Providers> {
  const given = await documentIn(file)
  const parsed = providersSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw mistakesIn(file, [...schemaMistakes(parsed.error, given), MORE_MAY_COME])
}

/** What a field means can be told where each is what it should be. */
const MORE_MAY_COME =
  'hosts, variables, sizes, settings and waivers are looked at when the form is right: run it again then.'

/** @param mistakes - Sentences, each with its path first. */
export function mistakesIn(file: string, mistakes: readonly string[]): UsageError {
  return new UsageError(...mistakes.map((each) => `Failed to use ${file}: ${each}`))
}

async function documentIn(file: string): Promise<unknown> {
  try {
    return await readDocument(file, '--providers')
  } catch (error) {
    // What the parser says may quote the file.
    const [, place = ''] = /(at line \d+, column \d+)/.exec(messageOf(error)) ?? []
    if (!messageOf(error).includes('neither JSON nor YAML')) throw error
    const where = place === '' ? '' : `, ${place}`
    throw new UsageError(
      `Failed to use ${file}: it is neither JSON nor YAML${where}: indent with spaces, and put what begins with a sign into quotes.`,
    )
  }
}
