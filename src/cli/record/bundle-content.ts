import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { BundleContent } from '../../evidence/bundle/statement.ts'

/**
 * Every file of a bundle but the manifest. What is no plain file, a link for instance, has no bytes of
 * its own: it reads as empty.
 */
export async function bundleContent(folder: string): Promise<BundleContent> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map(async (entry): Promise<[string, Uint8Array]> => {
      const path = join(entry.parentPath, entry.name)
      // Elsewhere than on Windows a backslash is a letter like others: a file with one is a file of its own.
      const name = relative(folder, path).replaceAll(sep, '/')
      return [name, entry.isFile() ? await readFile(path) : Buffer.alloc(0)]
    })
  return new Map((await Promise.all(files)).filter(([name]) => name !== BUNDLE_FILES.manifest))
}
