import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { messageOf, UsageError } from './usage-error.ts'
import { userPlace } from './user-place.ts'

/** Files that are looked through for a mistake whose place is not told. */
const MOST_FILES = 50

/**
 * Why a file of the user could not be loaded: with its place, where one is told or can be found.
 *
 * @param patterns - Of the files that were being loaded, as Cucumber is told of them.
 * @param cwd - Absolute.
 */
export function loadTrouble(error: unknown, patterns: readonly string[], cwd: string): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  const why = messageOf(cause).replace(/\.$/, '')
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  const isOfSyntax = cause instanceof SyntaxError
  const place = userPlace(stack, cwd) ?? (isOfSyntax ? checkedPlace(patterns, cwd) : undefined)
  return place === undefined ? why : `${place}: ${why}`
}

/** Of a mistake in the syntax of JavaScript, Node tells the place only when it is asked about the file. */
function checkedPlace(patterns: readonly string[], cwd: string): string | undefined {
  const files = globSync([...patterns], { cwd }).filter((name) => /\.[cm]?js$/.test(name))
  for (const file of files.sort().slice(0, MOST_FILES)) {
    const { status, stderr } = spawnSync(process.execPath, ['--check', file], {
      cwd,
      encoding: 'utf8',
    })
    if (status !== 0) return userPlace(stderr, cwd)
  }
  return undefined
}

/** Cucumber tells which file it could not read, and keeps to itself why. */
export function configurationTrouble(error: unknown, cwd: string): string {
  const what = messageOf(error).replace(/\.$/, '')
  if (!(error instanceof Error) || error.cause === undefined) return what
  const [, file] = /"([^"]+)"/.exec(what) ?? []
  return `${what}: ${loadTrouble(error, file === undefined ? [] : [file], cwd)}`
}

/** @returns Nothing where it is about something else. */
export function malformedTags(error: unknown, tags: string): UsageError | undefined {
  const why = error instanceof Error ? messageOf(error.cause) : ''
  const [, flaw] = /^Tag expression .* could not be parsed because of (.+?)\.?$/.exec(why) ?? []
  if (flaw === undefined) return undefined
  return new UsageError(
    `Malformed --tags ${JSON.stringify(tags)}: ${flaw}; use tags with and, or, not and parentheses, such as "@orders and not @limit".`,
  )
}
