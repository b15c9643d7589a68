import type { JournalEntry } from './journal.ts'
import type { Venue } from './venue.ts'

/** Makes of a journal what may be shown: it holds passwords and tokens as they came in. */
export interface JournalReader {
  /** The entries, redacted, as JSON values with their `kind` and `number`. */
  show(
    venue: Venue,
    entries: readonly JournalEntry[],
  ): readonly { readonly kind: 'call' | 'control'; readonly number: number }[]
  /** How the clients of an organisation behaved, judged on its journal: as JSON, and as text. */
  report(venue: Venue): Promise<object>
  reportText(venue: Venue): Promise<string>
}
