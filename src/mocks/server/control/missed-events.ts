import type { JournalEntry } from '../journal.ts'
import type { Venue } from '../venue.ts'
import type { VenueEvent } from '../venue-events.ts'

/** Entries of the journal that are told in one go. */
const AT_A_TIME = 50

/** The calls and control actions that a listener missed who comes back, told bit by bit. */
export class MissedEvents {
  readonly #venue: Pick<Venue, 'journal'>
  /** The number of the last entry that was told, or is told once it is done; absent where all are. */
  #told: number | undefined

  /** @param lastEventId - The number of the last entry that was heard of; nothing was missed where it is none. */
  constructor(venue: Pick<Venue, 'journal'>, lastEventId: string | undefined) {
    this.#venue = venue
    if (lastEventId === undefined || !/^\d{1,15}$/.test(lastEventId)) return
    const heard = Number(lastEventId)
    // A number that was not given yet is of another life of the organisation.
    this.#told = heard > venue.journal.last ? 0 : heard
  }

  /** Whether anything is still to be told. */
  get isLeft(): boolean {
    return this.#told !== undefined
  }

  /** The oldest of them, which are told with that. Calls under way are not missed. */
  next(): readonly VenueEvent[] {
    const entries = this.#venue.journal.after(this.#told ?? Number.POSITIVE_INFINITY, AT_A_TIME)
    this.#told = entries.at(-1)?.number
    return entries.flatMap(eventOf)
  }

  /** Whether something that just happened is among what is still to be told. */
  willTell(event: VenueEvent): boolean {
    return this.#told !== undefined && 'number' in event && event.number > this.#told
  }
}

function eventOf(entry: JournalEntry): readonly VenueEvent[] {
  const { number } = entry
  if (entry.kind === 'control') return [{ type: 'control', number, action: entry }]
  return entry.delivered === undefined ? [] : [{ type: 'call', number, call: entry }]
}
