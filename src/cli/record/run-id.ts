import { randomBytes } from 'node:crypto'

/** A name that no other run has, e.g. `uat-20261126T081502Z-9f3c1a`: of what, when (UTC), and chance. */
export function runId(what: string, at: Date): string {
  return runIdOf(what, at, randomBytes(3).toString('hex'))
}

/** A name of the same form, whose last part is given. */
export function runIdOf(what: string, at: Date, last: string): string {
  const second = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${what}-${second}-${last}`
}
