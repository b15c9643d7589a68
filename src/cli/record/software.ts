import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'

/** What takes part in a judgement, besides our own code: it runs, plays or parses. */
const PARTS = ['@cucumber/cucumber', 'msw', 'undici', 'xstate', 'zod'] as const

/** The versions of what judged, by name. */
export function softwareVersions(): Readonly<Record<string, string>> {
  const own = versionIn(new URL('../../../package.json', import.meta.url))
  const parts = PARTS.map((name) => [name, versionIn(findPackageJSON(name, import.meta.url))])
  return {
    'integral-harness': own,
    node: process.versions.node,
    ...Object.fromEntries(parts),
  }
}

function versionIn(file: string | URL | undefined): string {
  if (file === undefined) return 'unknown'
  const { version } = Object(JSON.parse(readFileSync(file, 'utf8')))
  return typeof version === 'string' ? version : 'unknown'
}
