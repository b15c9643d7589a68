import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { type BundleContent, type Subject, subjectOf } from '../../evidence/bundle/statement.ts'

/**
 * Every file of a bundle but the manifest. What is no plain file, a link for instance, has no bytes of
 * its own: it reads as empty.
 */
export function bundleContent(folder: string): Promise<BundleContent> {
  return contentBut(folder, [])
}

/**
 * What a manifest says of every file of a bundle.
 *
 * @param known - What it says of files that are not read again: they may be very long.
 */
export async function bundleSubjects(
  folder: string,
  known: readonly Subject[],
): Promise<readonly Subject[]> {
  const others = await contentBut(
    folder,
    known.map(({ name }) => name),
  )
  return [...known, ...[...others].map(([name, bytes]) => subjectOf(name, bytes))]
}

async function contentBut(folder: string, left: readonly string[]): Promise<BundleContent> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      // Elsewhere than on Windows a backslash is a letter like others: a file with one is a file of its own.
      return { entry, path, name: relative(folder, path).replaceAll(sep, '/') }
    })
    .filter(({ name }) => name !== BUNDLE_FILES.manifest && !left.includes(name))
    .map(
      async ({ entry, path, name }): Promise<[string, Uint8Array]> => [
        name,
        entry.isFile() ? await readFile(path) : Buffer.alloc(0),
      ],
    )
  return new Map(await Promise.all(files))
}
