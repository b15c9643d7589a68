import { globSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readJournal } from '../backends/endpoint/journal.ts'
import { countOf } from '../evidence/summary.ts'
import { lineToType } from './line-to-type.ts'

/** What other runs in a directory may have left working: a sentence for each of their journals. @param reports - Below `cwd`. */
export function ordersElsewhere(reports: string, cwd: string): readonly string[] {
  return globSync('*/journal.ndjson', { cwd: resolve(cwd, reports) })
    .map((name) => join(reports, name))
    .sort()
    .flatMap((file) => {
      const { length } = readJournal(resolve(cwd, file)).open
      const how = lineToType(`cleanup --out ${join(file, '..')}`)
      return length === 0
        ? []
        : [`${file} tells of ${countOf(length, 'order')} that may be working: ${how}`]
    })
}
