import { isUtf8 } from 'node:buffer'
import type { ServerResponse } from 'node:http'
import { deliver } from '../http/node-delivery.ts'
import { lineOf } from './call-line.ts'
import type { IncomingCall } from './incoming-call.ts'
import { keptReply } from './kept-reply.ts'
import { type TransportProblem, transportRefusal } from './refusals.ts'
import { hasLongName, venueOf } from './routing.ts'
import type { ServerOptions } from './server-options.ts'
import type { State } from './state/state.ts'
import type { Venue, VenueReply } from './venue.ts'
import type { Venues } from './venues.ts'

/** What it takes to answer a call. */
export interface Answering {
  readonly venues: Venues
  readonly options: Pick<ServerOptions, 'host' | 'log' | 'state'>
}

/**
 * Handles a call of the API: at the door of an organisation, unless it is refused before.
 *
 * @param pinned - The organisation that the address names; it is found out where there is none.
 * @param failed - Told of a mistake of the simulation itself that shows later.
 * @returns Answers it. Absent where something is waited for, after which it is answered by itself: what
 * costs time in every call is not for the few.
 */
export function handleCall(
  call: IncomingCall,
  pinned: Venue | undefined,
  response: ServerResponse,
  { venues, options }: Answering,
  failed: (error: unknown) => void,
): (() => void) | undefined {
  const { host, log, state } = options
  const startedAt = log ? host.now() : 0
  const problem = problemOf(call)
  const venue = pinned ?? (problem ? venues.nowhere : venueOf(call, venues))
  const answer = ({ delivery, done }: VenueReply): void => {
    const ended = (delivered: boolean): void => {
      done(delivered)
      log?.(lineOf(call, venue.name, delivery, delivered, startedAt, host))
    }
    deliver(delivery, response, venue.deliveryClock, ended, failed)
  }
  if (!problem && (state || venue.companion)) {
    replyInTime(call, venue, state).then(answer).catch(failed)
    return undefined
  }
  const reply = problem ? refused(problem, call, venue) : venue.handle(call)
  return () => answer(reply)
}

async function replyInTime(
  call: IncomingCall,
  venue: Venue,
  state: State | undefined,
): Promise<VenueReply> {
  await venue.companion?.settled()
  const handle = () => venue.handle(call)
  return state ? keptReply(state, handle, (problem) => refused(problem, call, venue)) : handle()
}

/** What is wrong with a call, whatever it is for. */
function problemOf(call: IncomingCall): TransportProblem | undefined {
  const { headers, wire } = call
  if (wire.body.length > 0) {
    if ((headers.get('Content-Encoding') ?? 'identity') !== 'identity') return 'encoded'
    if (!isUtf8(wire.body)) return 'not-utf-8'
  }
  return hasLongName(call) ? 'name-too-long' : undefined
}

function refused(
  problem: TransportProblem,
  { headers }: IncomingCall,
  { exchange: { settings } }: Venue,
): VenueReply {
  return {
    delivery: { answer: transportRefusal(problem, settings, headers) },
    done: () => {
      // It was not written down either.
    },
  }
}
