import type { ExchangeRecord } from '../../exchange/records.ts'

/** Says that a database is one of ours: `IFXS`. */
export const APPLICATION = 0x49465853
/** Of the tables, and of what stands in them. */
export const FORMAT = 1

/** What has an id within its organisation. */
export const entities = [
  'users',
  'sessions',
  'quotes',
  'orders',
  'trades',
  'consumers',
] as const satisfies readonly (keyof ExchangeRecord)[]
export type Entity = (typeof entities)[number]

/** All that belongs to an organisation, by its number. */
export const ownedTables = ['venues', 'rest', ...entities, 'deliveries'] as const
export type OwnedTable = (typeof ownedTables)[number]

/** Values are JSON. Entities are ranked by when they began. */
export const schema = [
  'CREATE TABLE beginning (value TEXT NOT NULL) STRICT',
  'CREATE TABLE venues (venue INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL) STRICT',
  'CREATE TABLE rest (venue INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT',
  ...entities.map(
    (entity) => `CREATE TABLE ${entity} (
      rank INTEGER PRIMARY KEY, venue INTEGER NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
      UNIQUE (venue, id)
    ) STRICT`,
  ),
  `CREATE TABLE deliveries (
    venue INTEGER NOT NULL, trade TEXT NOT NULL, consumer TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (venue, trade, consumer)
  ) STRICT, WITHOUT ROWID`,
  `PRAGMA application_id = ${APPLICATION}`,
  `PRAGMA user_version = ${FORMAT}`,
].join(';\n')
