import type { Clock } from '../../api/clock.ts'
import type { Delivery } from '../http/door.ts'
import type { IncomingCall } from './incoming-call.ts'

/** One call, for a log: nothing of it can be a secret. */
export interface CallLine {
  readonly at: string
  readonly organisation: string
  readonly method: string
  readonly path: string
  readonly operation?: string
  readonly status: number | 'cut'
  readonly fault?: string
  readonly delivered: boolean
  readonly tookMs: number
}

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
    path: pathname,
    status: answer === 'cut' ? 'cut' : answer.status,
    ...(fault !== undefined && { fault }),
    delivered,
    tookMs: host.now() - startedAt,
  }
}
