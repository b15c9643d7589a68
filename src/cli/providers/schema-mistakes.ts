import { closest } from 'fastest-levenshtein'
import type { z } from 'zod'
import { FIELDS } from './providers-schema.ts'

/** What a field may be called that somebody wrote a secret into. */
const SECRET_FIELD = /pass|secret|token|api-?key|private-?key/i

/** Every mistake as one sentence, first its path, e.g. `providers[1].name: …`. No value is quoted. */
export function schemaMistakes(error: z.ZodError, given: unknown): string[] {
  return error.issues.flatMap((issue) => sentencesOf(issue, given))
}

/** `providers[1].credentials.password`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`))
    .join('')
    .replace(/^\./, '')
}

function sentencesOf(issue: z.core.$ZodIssue, given: unknown): string[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField(key, path))
  }
  const where = path.length === 0 ? 'the file' : pathOf(path)
  if (path.length > 0 && !isThere(given, path))
    return [`${where}: it is missing: ${issue.message}.`]
  return [`${where}: ${issue.message}.`]
}

function unknownField(key: string, path: readonly PropertyKey[]): string {
  const where = pathOf([...path, key])
  const fields = FIELDS[fieldOf(path)] ?? []
  if (SECRET_FIELD.test(key) && !fields.includes(key)) {
    return `${where}: a secret has no place in this file: put it into an environment variable, and name that one in "credentials".`
  }
  return fields.length === 0
    ? `${where}: there is no such field.`
    : `${where}: there is no such field; did you mean "${closest(key, [...fields])}"?`
}

/** The field that a path leads to, whichever provider's it is; empty for the whole file. */
function fieldOf(path: readonly PropertyKey[]): string {
  return path.filter((each) => typeof each !== 'number').join('.')
}

function isThere(given: unknown, path: readonly PropertyKey[]): boolean {
  let value = given
  for (const each of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, each)) return false
    value = (value as Readonly<Record<PropertyKey, unknown>>)[each]
  }
  return true
}
