import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { runFactsSchema } from '../../evidence/record/run-facts.ts'
import { partFolder } from './read-parts.ts'

/** What the run in a directory was made on, as it says itself; nothing where there is none, or it says nothing. */
export function targetIn(dir: string): string | undefined {
  for (const folder of [dir, partFolder(dir, 1)]) {
    const file = join(folder, 'evidence', BUNDLE_FILES.run)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const facts = runFactsSchema.safeParse(jsonIn(text))
    if (facts.success) return facts.data.target
  }
  return undefined
}
