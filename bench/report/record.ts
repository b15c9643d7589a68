import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTables } from '../../src/cli/document-tables.ts'
import type { Results } from './results.ts'
import { renderResults } from './table.ts'

/** Where a run is kept that is told no other place. */
export const resultsFile: string = join(import.meta.dirname, '../results.json')
export const documentFile: string = join(import.meta.dirname, '../../docs/bench.md')

export function writeResults(file: string, results: Results): void {
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

/** Keeps a run as the last that was measured, in the document as well. */
export function record(results: Results): void {
  writeResults(resultsFile, results)
  writeFileSync(documentFile, documentWith(results, readFileSync(documentFile, 'utf8')))
}

/**
 * The document with this run's table.
 *
 * @throws {Error} It has no place for it.
 */
export function documentWith(results: Results, document: string): string {
  return withTables(document, { results: () => renderResults(results).trim() })
}
