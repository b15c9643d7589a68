import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Pages for whoever works on this project, and pictures: those who install it can do without. */
const OF_THE_PROJECT =
  /^(?:CONTRIBUTING\.md|docs\/(?:bench\.md|decisions\/.*|screenshots\/.*)|tests\/.*)$/

/** Every relative link of the packed pages that leads to nothing in the package, as `page -> target`. */
export function deadLinks(packed: readonly string[]): string[] {
  return packed
    .filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')
    .flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => posix.normalize(posix.join(posix.dirname(page), link)))
        .filter((path) => !OF_THE_PROJECT.test(path) && !isThere(path, packed))
        .map((path) => `${page} -> ${path}`),
    )
}

/** Whether there is such a file, or folder. */
function isThere(path: string, packed: readonly string[]): boolean {
  return packed.some((each) => each === path || each.startsWith(`${path.replace(/\/$/, '')}/`))
}
