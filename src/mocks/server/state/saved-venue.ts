import type { Clock } from '../../../api/clock.ts'
import type { ExchangeRecord, RestRecord } from '../../exchange/records.ts'
import { SteeredClock } from '../../exchange/steered-clock.ts'
import type { FaultsRecord } from '../../http/faults.ts'
import type { VenueOptions, VenueTime } from '../venue.ts'

/** How an organisation's simulation began. Its users are those of the config. */
export type SavedOptions = Omit<VenueOptions, 'users'>

/** Where a clock stood, and the clock of the machine then; epoch milliseconds. */
export interface ClockRecord {
  readonly now: number
  readonly pace: number
  readonly hostNow: number
}

/** What belongs to no one thing of an organisation. */
export interface RestOfVenue {
  readonly exchange: RestRecord
  readonly clock: ClockRecord
  readonly faults: FaultsRecord
  /** When it was last called or staged, on the clock of the machine. */
  readonly usedAt: number
}

/** An organisation as it was kept. */
export interface SavedVenue {
  /** Its number in the file. */
  readonly venue: number
  readonly name: string
  readonly options: SavedOptions
  readonly rest: RestOfVenue
  readonly record: ExchangeRecord
}

export function clockRecordOf(clock: SteeredClock, host: Clock): ClockRecord {
  return { now: clock.now(), pace: clock.pace, hostNow: host.now() }
}

/** A real clock went on meanwhile, at its pace; a virtual one comes back where it was. */
export function clockOf(
  { now, pace, hostNow }: ClockRecord,
  time: VenueTime,
  host: Clock,
): SteeredClock {
  const elapsed = time === 'real' ? Math.max(0, host.now() - hostNow) * pace : 0
  return new SteeredClock(host, pace, now + Math.floor(elapsed))
}
