import { DatabaseSync } from 'node:sqlite'
import { ownedTables } from '../../src/mocks/server/state/tables.ts'

/** Rows by table, as they stand in a file that no server uses. */
export function rowsIn(file: string): Readonly<Record<string, number>> {
  const database = new DatabaseSync(file, { readOnly: true })
  const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n
  const rows = Object.fromEntries(ownedTables.map((table) => [table, Number(count(table))]))
  database.close()
  return rows
}
