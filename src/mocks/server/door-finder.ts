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
  /** By path, then by method. */
  const written = new Map<string, Map<string, FoundDoor>>()
  const patterns = doors.flatMap((door) => {
    if (door.path.includes('{')) return [{ door, segments: door.path.split('/') }]
    const here = written.get(door.path) ?? new Map<string, FoundDoor>()
    if (!here.has(door.method)) here.set(door.method, { door, params: NO_PARAMS })
    written.set(door.path, here)
    return []
  })
  return (method, pathname) => {
    const found = written.get(pathname)?.get(method)
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
