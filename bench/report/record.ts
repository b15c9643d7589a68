import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTables } from '../../src/cli/document-tables.ts'
import { type Kept, keptSchema } from './results.ts'
import { renderResults } from './table.ts'

/** Where a run is kept that is told no other place. */
export const resultsFile: string = join(import.meta.dirname, '../results.json')
export const documentFile: string = join(import.meta.dirname, '../../docs/bench.md')

export function writeResults(file: string, results: Kept): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

/** Keeps a run as the last that was measured, in the document as well. What it did not measure stays. */
export function record(results: Kept): void {
  const kept = keptSchema.parse(JSON.parse(readFileSync(resultsFile, 'utf8')))
  const all = { ...kept, ...results }
  writeResults(resultsFile, all)
  writeFileSync(documentFile, documentWith(all, readFileSync(documentFile, 'utf8')))
}

/**
 * The document with the tables of these runs; of a suite that is not among them, it keeps what it says.
 *
 * @throws {Error} It has no place for one.
 */
export function documentWith(all: Kept, document: string): string {
  const tables = Object.entries(all).map(([name, results]) => [
    name,
    () => renderResults(results).trim(),
  ])
  return withTables(document, Object.fromEntries(tables))
}
