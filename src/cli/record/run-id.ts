import { randomBytes } from 'node:crypto'

/** A name that no other run has, e.g. `uat-20261126T081502Z-9f3c1a`: of what, when (UTC), and chance. */
export function runId(what: string, at: Date): string {
  const second = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${what}-${second}-${randomBytes(3).toString('hex')}`
}
