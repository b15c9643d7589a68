import { globSync, readdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { selectionOf, type VerifyOptions } from './verify-options.ts'

/** Where Cucumber looks when it is told nothing. */
const USUAL_PLACE = 'features'

/**
 * Why there is nothing to run, in a sentence.
 *
 * @param paths - Of the command line, or else of the configuration; may be empty.
 */
export function emptySelection(
  options: VerifyOptions,
  paths: readonly string[],
  cwd: string,
): string {
  const places = paths.length > 0 ? paths : [USUAL_PLACE]
  const where = places.join(', ')
  if (!places.some((place) => hasFeature(place, cwd))) {
    return `Nothing to run: no feature file was found here, in ${where}; name others.`
  }
  const selection = selectionOf({ ...options, paths: [] })
  const chosen = selection.length === 0 ? '' : ` and matches ${selection.join(' ')}`
  return `Nothing to run: no scenario is in ${where}${chosen}; choose others.`
}

/** @param place - A file, `file:line`, a directory or a pattern. */
function hasFeature(place: string, cwd: string): boolean {
  const path = place.replace(/(?::\d+)+$/, '')
  const stats = statSync(resolve(cwd, path), { throwIfNoEntry: false })
  if (stats?.isDirectory() !== true)
    return stats !== undefined || globSync(path, { cwd }).length > 0
  const names = readdirSync(resolve(cwd, path), { recursive: true, encoding: 'utf8' })
  return names.some((name) => /\.feature(?:\.md)?$/.test(name))
}
