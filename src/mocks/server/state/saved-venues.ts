import type { ExchangeRecord } from '../../exchange/records.ts'
import type { RestOfVenue, SavedOptions, SavedVenue } from './saved-venue.ts'
import type { StateFile } from './state-file.ts'
import { entities } from './tables.ts'

type Records = { [Name in Exclude<keyof ExchangeRecord, 'rest'>]: unknown[] }

/**
 * Reads the organisations that a file has, in the order in which they began.
 *
 * @throws {Error} SQLite cannot read it, or what stands in it is no JSON.
 */
export function savedVenues(file: StateFile): readonly SavedVenue[] {
  const venues = new Map<unknown, Omit<SavedVenue, 'rest' | 'record'> & { records: Records }>()
  for (const { venue, name, value } of file.prepare('SELECT * FROM venues').iterate()) {
    const options = JSON.parse(String(value)) as SavedOptions
    const records = { ...noEntities(), deliveries: [] }
    venues.set(venue, { venue: Number(venue), name: String(name), options, records })
  }
  for (const table of [...entities, 'deliveries'] as const) {
    // In one pass for all organisations: that is the order in which they stand in the file.
    for (const { venue, value } of file.values(table))
      venues.get(venue)?.records[table].push(JSON.parse(String(value)))
  }
  const saved: SavedVenue[] = []
  for (const { venue, value } of file.values('rest')) {
    const known = venues.get(venue)
    if (!known) continue
    const rest = JSON.parse(String(value)) as RestOfVenue
    const { records, ...others } = known
    const record = { ...(records as unknown as Omit<ExchangeRecord, 'rest'>), rest: rest.exchange }
    saved.push({ ...others, rest, record })
  }
  return saved
}

function noEntities(): Omit<Records, 'deliveries'> {
  return { users: [], sessions: [], quotes: [], orders: [], trades: [], consumers: [] }
}
