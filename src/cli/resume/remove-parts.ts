import { existsSync, readdirSync } from 'node:fs'
import { rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { partFolder } from './read-parts.ts'

/** Takes away the parts of an earlier run, as its evidence is: what is no part stays where it is. */
export async function removeParts(dir: string): Promise<void> {
  const folder = join(partFolder(dir, 1), '..')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const part = join(folder, name)
    const isPart = /^[1-9]\d*$/.test(name) && existsSync(join(part, 'evidence', BUNDLE_FILES.run))
    if (isPart) await rm(part, { recursive: true, force: true })
  }
  if (readdirSync(folder).length === 0) await rmdir(folder)
}
