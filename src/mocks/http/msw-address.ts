import type { Door } from './door.ts'

/** Where the doors of a simulation stand, in the words of MSW. */
interface MswAddress {
  /** The path of the base URL; empty where the doors stand at its root, or at any host's. */
  readonly basePath: string
  /** The pattern of whatever is under `/v2`. */
  readonly anything: string
  patternOf(door: Pick<Door, 'path'>): string
}

/** @param baseUrl - What the paths stand below; `*` (any host) when absent. */
export function mswAddress(baseUrl: string | undefined): MswAddress {
  const base = (baseUrl ?? '*').replace(/\/$/, '')
  return {
    basePath: baseUrl === undefined ? '' : new URL(base).pathname.replace(/\/$/, ''),
    anything: `${base}/v2/*`,
    patternOf: ({ path }) => base + path.replaceAll(/\{(\w+)\}/g, ':$1'),
  }
}
