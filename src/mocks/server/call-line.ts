import type { Clock } from '../../api/clock.ts'
import type { Delivery } from '../http/door.ts'
import type { IncomingCall } from './incoming-call.ts'

/** One call, for a log: nothing of it can be a secret. */
export interface CallLine {
  /** When it had come in whole. */
  readonly at: string
  /** Empty where the call led to none, and of a request that could not be read, like all that follows. */
  readonly organisation: string
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly status: number | 'cut'
  readonly fault?: string
  /** Whether the answer got through; absent where nobody knows. */
  readonly delivered?: boolean
  readonly tookMs: number
}

/** A token is longer, wherever somebody may have put it, and no id of the simulation is. */
const LONGEST_SEGMENT = 48
const MOST_PATH = 500

export function lineOf(
  { method, pathname }: IncomingCall,
  organisation: string,
  { answer, fault }: Delivery,
  delivered: boolean,
  startedAt: number,
  host: Clock,
): CallLine {
  return {
    at: new Date(startedAt).toISOString(),
    organisation,
    method,
    path: shownPath(pathname),
    status: answer === 'cut' ? 'cut' : answer.status,
    ...(fault !== undefined && { fault }),
    delivered,
    tookMs: host.now() - startedAt,
  }
}

/** A path with nothing in it that can be a secret. */
export function shownPath(pathname: string): string {
  return pathname
    .split('/')
    .map((segment) => (segment.length > LONGEST_SEGMENT ? '…' : segment))
    .join('/')
    .slice(0, MOST_PATH)
}
