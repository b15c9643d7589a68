import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { openSqlite } from './sqlite.ts'
import { reasonOf, StateError } from './state-error.ts'
import { APPLICATION, entities, FORMAT, type OwnedTable, schema } from './tables.ts'

/** A row, as it stands in the file. */
type Row = Readonly<Record<string, unknown>>

/**
 * The file that state is kept in: an SQLite database with a write-ahead log. What a transaction wrote is
 * with the operating system when it ends, and outlives this process, however that ends.
 */
export class StateFile {
  readonly path: string
  readonly #database: DatabaseSync

  /**
   * Opens a file, or begins one that is not there, for this process alone.
   *
   * @param path - Absolute.
   * @throws {StateError} It cannot be had, or holds something else.
   */
  constructor(path: string) {
    this.path = path
    try {
      this.#database = opened(path)
    } catch (error) {
      throw error instanceof StateError ? error : this.unusable(reasonOf(error))
    }
  }

  /** What stands in a table, of all organisations, in the order in which it began. */
  values(table: Exclude<OwnedTable, 'venues'>): Iterable<Row> {
    const isRanked = entities.some((entity) => entity === table)
    // Ids stand in the values too: reading them costs a tenth of all.
    return this.prepare(
      `SELECT venue, value FROM ${table}${isRanked ? ' ORDER BY rank' : ''}`,
    ).iterate()
  }

  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql)
  }

  /** Does all of some work, or nothing. @throws What the work throws, or SQLite. */
  transaction(work: () => void): void {
    this.#database.exec('BEGIN')
    try {
      work()
      this.#database.exec('COMMIT')
    } catch (error) {
      // Where the disk is full it is over already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Brings what the log has into the file, and gives it free. */
  close(): void {
    this.#database.close()
  }

  /** @param why - A clause. */
  unusable(why: string): StateError {
    return new StateError(`Failed to keep state in ${this.path}: ${why}.`)
  }
}

function opened(path: string): DatabaseSync {
  makeOrCheck(path)
  const database = openSqlite(path)
  try {
    begin(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Passwords and tokens stand in it: whoever runs the server may read it, and nobody else. */
function makeOrCheck(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) closeSync(openSync(path, 'ax', 0o600))
  else if (found.isFile()) accessSync(path, constants.R_OK | constants.W_OK)
  else
    throw new Error(
      found.isDirectory() ? 'it is a directory; use a file' : 'it is no file; use one',
    )
}

/** Nothing of what somebody else has written is touched. */
function begin(database: DatabaseSync): void {
  // Nobody waits for a lock: whoever has it keeps it.
  database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE')
  const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() ?? {}
  const format = pragma('user_version')
  if (count === 0) database.exec(schema)
  else if (pragma('application_id') !== APPLICATION)
    throw new Error('it holds something else; use another file')
  else if (format !== FORMAT) {
    throw new Error(
      `it is of format ${format}, and this version knows format ${FORMAT} alone; use another file`,
    )
  }
  database.exec('COMMIT; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
}
