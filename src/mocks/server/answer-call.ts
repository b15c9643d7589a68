import { isUtf8 } from 'node:buffer'
import type { ServerResponse } from 'node:http'
import { deliver } from '../http/node-delivery.ts'
import { lineOf } from './call-line.ts'
import type { IncomingCall } from './incoming-call.ts'
import { keptReply } from './kept-reply.ts'
import { type TransportProblem, transportRefusal } from './refusals.ts'
import { hasLongName, venueOf } from './routing.ts'
import type { ServerOptions } from './server-options.ts'
import type { Venue, VenueReply } from './venue.ts'
import type { Venues } from './venues.ts'

/** What it takes to answer a call. */
export interface Answering {
  readonly venues: Venues
  readonly options: Pick<ServerOptions, 'host' | 'log' | 'state'>
}

/**
 * Answers a call of the API: by the door of an organisation, unless it is refused before.
 *
 * @param pinned - The organisation that the address names; it is found out where there is none.
 */
export async function answerCall(
  call: IncomingCall,
  pinned: Venue | undefined,
  response: ServerResponse,
  { venues, options }: Answering,
): Promise<void> {
  const { host, log } = options
  const startedAt = host.now()
  const problem = problemOf(call)
  const venue = pinned ?? (problem ? venues.nowhere : venueOf(call, venues))
  if (!problem && venue.companion) await venue.companion.settled()
  const reply = problem ? refused(problem, call, venue) : replyTo(call, venue, options)
  const { delivery, done } = reply instanceof Promise ? await reply : reply
  const delivered = await deliver(delivery, response, venue.deliveryClock)
  done(delivered)
  log?.(lineOf(call, venue.name, delivery, delivered, startedAt, host))
}

function replyTo(
  call: IncomingCall,
  venue: Venue,
  { state }: Answering['options'],
): VenueReply | Promise<VenueReply> {
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
