import { pathParams } from '../../api/contract/path-params.ts'
import type { Door } from '../http/door.ts'

/** A door with what its path says about a request. */
export interface FoundDoor {
  readonly door: Door
  readonly params: Readonly<Record<string, string>>
}

const NO_PARAMS = {}

/**
 * Finds the door of a method and a path. A path that is written out beats one with parameters; of those
 * the first one counts.
 */
export function doorFinder(
  doors: readonly Door[],
): (method: string, pathname: string) => FoundDoor | undefined {
  const written = new Map<string, FoundDoor>()
  const patterns = doors.flatMap((door) => {
    const key = `${door.method} ${door.path}`
    if (door.path.includes('{')) return [{ door, segments: door.path.split('/') }]
    if (!written.has(key)) written.set(key, { door, params: NO_PARAMS })
    return []
  })
  return (method, pathname) => {
    const found = written.get(`${method} ${pathname}`)
    if (found) return found
    const segments = pathname.split('/')
    for (const pattern of patterns) {
      if (pattern.door.method !== method) continue
      const params = pathParams(pattern.segments, segments)
      if (params) return { door: pattern.door, params }
    }
    return undefined
  }
}
