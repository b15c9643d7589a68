import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { parseSettings } from '../../mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../mocks/exchange/settings/settings.ts'
import { limitsSchema, type ServerLimits } from '../../mocks/server/limits.ts'
import { messageOf, UsageError } from '../usage-error.ts'

const name = z.string().min(1)
const userSchema = z.strictObject({
  user: name,
  org: name,
  password: name,
  mayTrade: z.boolean().default(true),
})

const serverSchema = z.looseObject({
  /** Who may log in. Where there are none, anybody may. */
  users: z.array(userSchema).default([]),
  limits: limitsSchema.prefault({}),
})

/** What a config file says. */
export interface ServeConfig {
  readonly settings: Partial<Settings>
  readonly users: readonly z.output<typeof userSchema>[]
  readonly limits: ServerLimits
}

/** What holds without a config file. */
export const defaultConfig: ServeConfig = {
  settings: {},
  users: [],
  limits: limitsSchema.parse({}),
}

/**
 * Reads a config file, JSON or YAML: settings of the exchange by name, and `users` and `limits` besides.
 *
 * @throws {UsageError} One sentence, with the path of what is wrong.
 */
export async function readConfig(file: string): Promise<ServeConfig> {
  const given = await readDocument(file)
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new UsageError(`Failed to use ${file}: it holds no names and values.`)
  const parsed = serverSchema.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UsageError(`Failed to use ${file}: ${pathOf(issue?.path ?? [])}: ${issue?.message}.`)
  }
  const { users, limits, ...settings } = parsed.data
  try {
    parseSettings(settings)
  } catch (error) {
    throw new UsageError(`Failed to use ${file}: ${messageOf(error)}`)
  }
  return { settings: settings as Partial<Settings>, users, limits }
}

async function readDocument(file: string): Promise<unknown> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = Object(error).code === 'ENOENT'
    throw new UsageError(
      `Failed to read --config ${file}: ${isMissing ? 'there is no such file' : messageOf(error)}.`,
    )
  }
  try {
    // JSON is YAML too. Its reader takes 30 ms to load, which a start without a file need not wait for.
    const { parse } = await import('yaml')
    return parse(text)
  } catch (error) {
    const [first = ''] = messageOf(error).split('\n')
    throw new UsageError(
      `Failed to use ${file}: it is neither JSON nor YAML: ${first.replace(/[.:]$/, '')}.`,
    )
  }
}

/** `users[1].password`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((each, at) =>
      typeof each === 'number' ? `[${each}]` : `${at > 0 ? '.' : ''}${String(each)}`,
    )
    .join('')
}
