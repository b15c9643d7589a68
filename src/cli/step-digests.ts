import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { loadSupport } from '@cucumber/cucumber/api'
import { sha256 } from '../evidence/bundle/sha256.ts'
import { byText } from '../evidence/by-text.ts'

type Library = Awaited<ReturnType<typeof loadSupport>>

/** Where Cucumber looks for its configuration, the first that is there. */
const CONFIGURATIONS = ['js', 'cjs', 'mjs', 'json', 'yaml', 'yml'].map((end) => `cucumber.${end}`)

/**
 * SHA-256, in hex, of the files that define steps, and of Cucumber's configuration, by their names as seen from
 * the working directory. Not of installed packages, whose versions tell what is in them, nor of what those
 * files import themselves.
 */
export function stepDigests(
  { originalCoordinates }: Library,
  cwd: string,
): Readonly<Record<string, string>> {
  const { importPaths, requirePaths } = originalCoordinates
  const configuration = CONFIGURATIONS.find((name) => existsSync(resolve(cwd, name)))
  const named = [
    // Of a directory, Cucumber loads these.
    ...globSync(
      [...importPaths, ...requirePaths].flatMap((path) => [path, `${path}/**/*.js`]),
      { cwd },
    ),
    ...(configuration === undefined ? [] : [configuration]),
  ]
  const files = new Set(named.map((name) => relative(cwd, resolve(cwd, name))))
  const own = [...files].filter((name) => isOwn(name) && statSync(resolve(cwd, name)).isFile())
  return Object.fromEntries(
    own
      .map((name) => [name.replaceAll(sep, '/'), sha256(readFileSync(resolve(cwd, name)))] as const)
      .toSorted(([one], [other]) => byText(one, other)),
  )
}

function isOwn(name: string): boolean {
  const folders = name.split(sep)
  return folders[0] !== '..' && !folders.includes('node_modules')
}
