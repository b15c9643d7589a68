import { choices } from './choices.ts'
import { deviations } from './deviations.ts'
import { type Credentials, permitted } from './permitted.ts'

/*
 * What can be asked of the stand-in: `--with JSON` at the start, `POST /behaviour` while it runs.
 * Durations are in milliseconds. Sections are those of the fact sheet.
 */

const defaults = { ...permitted, ...deviations }

export type Behaviour = typeof defaults

export const defaultCredentials: Credentials = permitted.credentials

/** The behaviour unless told otherwise; a fresh object, which `change` may alter. */
export const defaultBehaviour = (): Behaviour => ({ ...defaults })

const choicesOf = (name: string): readonly unknown[] | undefined =>
  Object.entries(choices).find(([flag]) => flag === name)?.[1]

function complaint(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(defaults, name)) return `No behaviour is called ${name}.`
  const allowed = choicesOf(name)
  if (allowed !== undefined && !allowed.includes(value))
    return `The behaviour ${name} must be one of ${allowed.join(', ')}.`
  const type = typeof defaults[name as keyof Behaviour]
  return typeof value === type ? undefined : `The behaviour ${name} must be of type ${type}.`
}

/**
 * Merges `changes` into `flags`.
 *
 * @throws Error if a flag does not exist or cannot have that value: a misspelt flag would let a
 *   test pass that has proved nothing.
 */
export function change(flags: Behaviour, changes: unknown): void {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes))
    throw new Error('The behaviour must be a JSON object.')
  for (const [name, value] of Object.entries(changes)) {
    const problem = complaint(name, value)
    if (problem !== undefined) throw new Error(problem)
  }
  Object.assign(flags, changes)
}
