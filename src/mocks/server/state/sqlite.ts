import type { DatabaseSync } from 'node:sqlite'

/** Opens a database; its engine, which Node brings along, is loaded at the first one. */
export function openSqlite(file: string): DatabaseSync {
  const { DatabaseSync } = quietly(() => process.getBuiltinModule('node:sqlite'))
  return new DatabaseSync(file)
}

/** Node before 24.15 warns of SQLite, on stderr, that it may change; all other warnings come through. */
function quietly<T>(load: () => T): T {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...details: readonly unknown[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature'))
      Reflect.apply(emitWarning, process, [warning, ...details])
  }
  try {
    return load()
  } finally {
    process.emitWarning = emitWarning
  }
}
