import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { parseSettings } from '../../mocks/exchange/settings/parse-settings.ts'
import { type Settings, settingNames } from '../../mocks/exchange/settings/settings.ts'
import { limitsSchema, MOST_NAME_CHARACTERS, type ServerLimits } from '../../mocks/server/limits.ts'
import { readDocument } from '../read-document.ts'
import { messageOf, UsageError } from '../usage-error.ts'

const name = z.string().min(1).max(MOST_NAME_CHARACTERS)
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
    throw wrong(file, 'it holds no names and values')
  const unknown = Object.keys(given).find((key) => !knownNames.includes(key))
  if (unknown !== undefined) throw wrong(file, `${unknown}: ${suggestion(unknown, knownNames)}`)
  const parsed = serverSchema.safeParse(given)
  if (!parsed.success) throw wrong(file, sentenceOf(parsed.error.issues[0]))
  const { users, limits, ...settings } = parsed.data
  try {
    parseSettings(settings)
  } catch (error) {
    throw wrong(file, messageOf(error).replace(/\.$/, ''))
  }
  refuseUnusableUsers(file, users, limits)
  return { settings: settings as Partial<Settings>, users, limits }
}

const knownNames: readonly string[] = [...settingNames, ...Object.keys(serverSchema.shape)]

/** Names below `users` and `limits`, by the first step of their path. */
const namesBelow: Readonly<Record<string, readonly string[]>> = {
  users: Object.keys(userSchema.shape),
  limits: Object.keys(limitsSchema.shape),
}

function refuseUnusableUsers(
  file: string,
  users: ServeConfig['users'],
  { organisations }: ServerLimits,
): void {
  const seen = new Set<string>()
  for (const [at, { user, org }] of users.entries()) {
    const key = JSON.stringify([org, user])
    if (seen.has(key)) throw wrong(file, `users[${at}]: ${user} of ${org} is there twice`)
    seen.add(key)
  }
  const count = new Set(users.map(({ org }) => org)).size
  if (count > organisations)
    throw wrong(file, `limits.organisations: there are users of ${count} organisations`)
}

type Issue = z.core.$ZodIssue

function sentenceOf(issue: Issue | undefined): string {
  if (issue?.code !== 'unrecognized_keys')
    return `${pathOf(issue?.path ?? [])}: ${issue?.message.replace(/\.$/, '')}`
  const [key = ''] = issue.keys
  const known = namesBelow[String(issue.path[0])] ?? []
  return `${pathOf([...issue.path, key])}: ${suggestion(key, known)}`
}

function suggestion(key: string, known: readonly string[]): string {
  return `there is no such name; did you mean "${closest(key, known)}"?`
}

function wrong(file: string, why: string): UsageError {
  return new UsageError(`Failed to use ${file}: ${why}${why.endsWith('?') ? '' : '.'}`)
}

/** `users[1].password`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((each, at) =>
      typeof each === 'number' ? `[${each}]` : `${at > 0 ? '.' : ''}${String(each)}`,
    )
    .join('')
}
