import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { type ModuleKind, type ProjectFile, projectFiles } from './project-files.ts'

/**
 * Writes a project of one's own into the working directory, and says what to do with it.
 *
 * @throws {UsageError} Files of it are there already, or it cannot be written: nothing is, then.
 */
export async function init({ cwd, stdout }: CommandEnvironment): Promise<void> {
  const files = projectFiles(moduleKind(cwd))
  const standing = files.filter(({ path }) => isThere(resolve(cwd, path)))
  const inTheWay = standing.filter(({ optional }) => !optional)
  if (inTheWay.length > 0) {
    throw new UsageError(
      `Nothing was written, because these would be overwritten:\n${listed(inTheWay)}\nMove or remove what is there, or begin in an empty folder.`,
    )
  }
  await writeAll(
    cwd,
    files.filter((file) => !standing.includes(file)),
  )
  stdout.write(`${closingWords(files, standing)}\n`)
}

/** All of them, or none: what was written before something failed is taken away again. */
async function writeAll(cwd: string, files: readonly ProjectFile[]): Promise<void> {
  const made: string[] = []
  try {
    for (const { path, text } of files) {
      const file = resolve(cwd, path)
      const folder = await mkdir(dirname(file), { recursive: true })
      if (folder !== undefined) made.push(folder)
      // Refused where one has come there in the meantime.
      await writeFile(file, text, { flag: 'wx' })
      made.push(file)
    }
  } catch (error) {
    for (const path of made) await rm(path, { recursive: true, force: true })
    throw new UsageError(`Failed to write the project: ${messageOf(error)}.`)
  }
}

function closingWords(files: readonly ProjectFile[], kept: readonly ProjectFile[]): string {
  const isKept = (path: string) => kept.some((each) => each.path === path)
  const shipped = files.filter(({ path }) => path.startsWith('features/')).length - 1
  const optional = files.flatMap(({ path, optional: after }) => (after ? [{ path, after }] : []))
  const own = files.filter(({ path }) => /\bown\./.test(path)).map(({ path }) => path)
  return [
    `Written: ${shipped} shipped features in features/, your own beginnings in ${own.join(' and ')},`,
    'cucumber.js, .env.example and .github/workflows/integral.yml.',
    ...optional.map(({ path, after }) =>
      isKept(path)
        ? `Left as it was: ${path}${after.kept}.`
        : `Written too: ${path}${after.written ?? ''}.`,
    ),
    '',
    'Next: npx integral-harness verify',
  ].join('\n')
}

function listed(files: readonly ProjectFile[]): string {
  return files.map(({ path }) => `  ${path}`).join('\n')
}

/** Also a link that leads nowhere stands in the way. Below a file, where a folder should be, nothing can be. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

/** @throws {UsageError} The package.json that is there cannot be read. */
function moduleKind(cwd: string): ModuleKind {
  const file = join(cwd, 'package.json')
  if (!existsSync(file)) return 'module'
  try {
    const { type } = Object(JSON.parse(readFileSync(file, 'utf8')))
    return type === 'module' ? 'module' : 'commonjs'
  } catch (error) {
    throw new UsageError(`Failed to read package.json: ${messageOf(error)}; correct it first.`)
  }
}
