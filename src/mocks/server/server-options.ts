import type { ServerBounds } from './bounds.ts'
import type { CallLine } from './call-line.ts'
import type { JournalReader } from './journal-reader.ts'
import type { VenuesOptions } from './venues.ts'

export interface ServerOptions extends VenuesOptions {
  /** Name or address to listen on. */
  readonly hostname: string
  /** 0 for any that is free. */
  readonly port: number
  /** Key and certificate as PEM, for HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Makes of journals what may be shown. */
  readonly reader: JournalReader
  /** How long whom is waited for; what is absent is as in `defaultBounds`. */
  readonly bounds?: Partial<ServerBounds>
  /** Told of each call once it is answered. */
  readonly log?: (line: CallLine) => void
  /** Told of a mistake of this program, which was answered with 500. */
  readonly onFailure?: (error: unknown) => void
}
