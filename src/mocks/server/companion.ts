import type { Operation } from '../../api/contract/endpoints.ts'
import type { Delivery } from '../http/door.ts'
import type { IncomingCall } from './incoming-call.ts'

/** A call that is about to be handled, or was. */
export interface AccompaniedCall {
  readonly operation: Operation
  readonly call: IncomingCall
}

/**
 * Somebody who acts at an organisation besides its clients: a play that goes by a feature, a replay that
 * goes by a recording.
 */
export interface Companion {
  /** Resolves when all is staged that the next call is to find. */
  settled(): Promise<void>
  /** A call is about to be handled: what concerns this very call is staged now. */
  before?(call: AccompaniedCall): void
  /** A call was handled. */
  after?(call: AccompaniedCall & { readonly delivery: Delivery; readonly number: number }): void
  /** How far it has got, as JSON. */
  progress(): unknown
}
