import { pathParams } from '../../api/contract/path-params.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { Door } from './door.ts'

/** A door with what its path says about a request. */
export interface FoundDoor {
  readonly door: Door
  readonly params: Readonly<Record<string, string>>
}

/** Finds the door of a method and a path. */
export type DoorFinder = (method: string, pathname: string) => FoundDoor | undefined

/** Which of the doors it is, by their order. */
type AddressFinder = (method: string, pathname: string) => FoundAddress | undefined
interface FoundAddress {
  readonly at: number
  readonly params: FoundDoor['params']
}

const NO_PARAMS = {}

/** Where doors are depends on the settings alone: organisations that have the same ones look in the same place. */
const finders = new WeakMap<Settings, AddressFinder>()

/**
 * Finds doors by their addresses. A path that is written out beats one with parameters; of those the first
 * one counts.
 *
 * @param doors - All doors of an exchange, as the endpoint table has them.
 * @param settings - Of that exchange.
 */
export function doorFinder(doors: readonly Door[], settings: Settings): DoorFinder {
  const find = finders.get(settings) ?? addressFinder(doors)
  finders.set(settings, find)
  return (method, pathname) => {
    const found = find(method, pathname)
    const door = found && doors[found.at]
    return door && { door, params: found.params }
  }
}

function addressFinder(doors: readonly Pick<Door, 'method' | 'path'>[]): AddressFinder {
  /** By path, then by method. */
  const written = new Map<string, Map<string, FoundAddress>>()
  const patterns = [...doors.entries()].flatMap(([at, { method, path }]) => {
    if (path.includes('{')) return [{ at, method, segments: path.split('/') }]
    const here = written.get(path) ?? new Map<string, FoundAddress>()
    if (!here.has(method)) here.set(method, { at, params: NO_PARAMS })
    written.set(path, here)
    return []
  })
  return (method, pathname) => {
    const found = written.get(pathname)?.get(method)
    if (found) return found
    const segments = pathname.split('/')
    for (const pattern of patterns) {
      if (pattern.method !== method) continue
      const params = pathParams(pattern.segments, segments)
      if (params) return { at: pattern.at, params }
    }
    return undefined
  }
}
