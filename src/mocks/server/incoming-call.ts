import type { DoorRequest } from '../http/door.ts'

/** A request as it came in, before anybody knows which door it is for. */
export interface IncomingCall extends Omit<DoorRequest, 'params'> {
  /** Path and query as sent, below the base URL. */
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly wire: NonNullable<DoorRequest['wire']>
}
