import type { StatementSync } from 'node:sqlite'
import { personKey } from './delivery-changes.ts'
import type { Recorder } from './recorder.ts'
import type { StateFile } from './state-file.ts'
import { type Entity, entities, ownedTables } from './tables.ts'

/** Writes what recorders have noted. */
export class StateWriter {
  readonly #venue: StatementSync
  readonly #rest: StatementSync
  readonly #delivery: StatementSync
  readonly #forgetTrade: StatementSync
  readonly #write: Readonly<Record<Entity, StatementSync>>
  readonly #delete: Readonly<Record<Entity, StatementSync>>
  readonly #remove: readonly StatementSync[]

  constructor(file: StateFile) {
    const each = (sql: (entity: Entity) => string) =>
      Object.fromEntries(
        entities.map((entity) => [entity, file.prepare(sql(entity))] as const),
      ) as Record<Entity, StatementSync>
    this.#venue = file.prepare('INSERT INTO venues (venue, name, value) VALUES (?, ?, ?)')
    this.#rest = file.prepare('INSERT OR REPLACE INTO rest (venue, value) VALUES (?, ?)')
    this.#delivery = file.prepare(
      'INSERT OR REPLACE INTO deliveries (venue, trade, consumer, value) VALUES (?, ?, ?, ?)',
    )
    this.#forgetTrade = file.prepare('DELETE FROM deliveries WHERE venue = ? AND trade = ?')
    // A row that there is keeps its rank.
    this.#write = each(
      (entity) => `INSERT INTO ${entity} (venue, id, value) VALUES (?, ?, ?)
        ON CONFLICT (venue, id) DO UPDATE SET value = excluded.value`,
    )
    this.#delete = each((entity) => `DELETE FROM ${entity} WHERE venue = ? AND id = ?`)
    this.#remove = ownedTables.map((table) => file.prepare(`DELETE FROM ${table} WHERE venue = ?`))
  }

  /** Forgets an organisation with all it has. */
  remove(venue: number): void {
    for (const statement of this.#remove) statement.run(venue)
  }

  write(recorder: Recorder): void {
    const { venue, name, options, isWritten } = recorder
    if (!isWritten) this.#venue.run(venue, name, JSON.stringify(options))
    this.#rest.run(venue, JSON.stringify(recorder.rest()))
    for (const entity of entities) this.#writeEntities(entity, recorder)
    this.#writeDeliveries(recorder)
  }

  #writeEntities(entity: Entity, { venue, changes }: Recorder): void {
    const { deleted, written } = changes[entity]
    for (const id of deleted) this.#delete[entity].run(venue, id)
    for (const [id, record] of written) this.#write[entity].run(venue, id, JSON.stringify(record()))
  }

  #writeDeliveries({ venue, deliveries }: Recorder): void {
    for (const tradeId of deliveries.forgotten) this.#forgetTrade.run(venue, tradeId)
    for (const each of deliveries.written) {
      this.#delivery.run(venue, each.tradeId, personKey(each.consumer), JSON.stringify(each))
    }
  }
}
