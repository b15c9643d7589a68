import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package: of a place in it, nobody who writes steps needs to know. */
const PACKAGE = resolve(import.meta.dirname, '..', '..')
const PACKAGE_SOURCES = [join(PACKAGE, 'src'), join(PACKAGE, 'dist')]

/**
 * Where an error comes from in what a user has written: the innermost place that is neither in this program nor
 * in a package.
 *
 * @param stack - Of the error, as Node makes it: also of one in the syntax, which begins with its place.
 * @param cwd - Absolute; a place below it is told from there.
 * @returns e.g. `steps/own.steps.ts:12`; nothing where there is none.
 */
export function userPlace(stack: string, cwd: string): string | undefined {
  for (const line of stack.split('\n')) {
    const [, framed] = /^\s+at (?:.*\()?(.+?:\d+):\d+\)?$/.exec(line) ?? []
    const [, headed] = /^((?:file:\/\/|\/|[A-Za-z]:[\\/]).+:\d+)$/.exec(line) ?? []
    const place = placed(framed ?? headed ?? '', cwd)
    if (place !== undefined) return place
  }
  return undefined
}

function placed(text: string, cwd: string): string | undefined {
  const [, where = '', line] = /^(.+):(\d+)$/.exec(text) ?? []
  if (line === undefined || where.startsWith('node:')) return undefined
  const [path = ''] = where.split('?')
  const file = path.startsWith('file:') ? fileURLToPath(path) : path
  const isOurs = PACKAGE_SOURCES.some((folder) => file.startsWith(folder + sep))
  if (isOurs || dirname(file).split(sep).includes('node_modules') || !/[\\/]/.test(file))
    return undefined
  const below = relative(cwd, file)
  return `${below.startsWith('..') ? file : below.split(sep).join('/')}:${line}`
}
