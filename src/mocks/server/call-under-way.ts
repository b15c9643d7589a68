import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { deliver, type Waiting } from '../http/node-delivery.ts'
import { lineOf } from './call-line.ts'
import { IncomingCall } from './incoming-call.ts'
import { keptReply } from './kept-reply.ts'
import type { Pin } from './pin.ts'
import { type TransportProblem, transportRefusal } from './refusals.ts'
import type { Halves } from './rounds.ts'
import { hasLongName, venueAt, venueOf } from './routing.ts'
import type { ServerOptions } from './server-options.ts'
import type { State } from './state/state.ts'
import type { Venue, VenueReply } from './venue.ts'
import type { Venues } from './venues.ts'

/** What it takes to answer a call. */
export interface Answering {
  readonly venues: Venues
  readonly options: Pick<ServerOptions, 'host' | 'log' | 'state'>
  /** Told of a mistake of the simulation itself, and gives what answer can still be given. */
  readonly failed: (error: unknown, call: CallUnderWay) => void
}

/** A call of the API, from when it has come in whole to when its answer got through. */
export class CallUnderWay implements Halves, Waiting {
  readonly raw: IncomingMessage
  readonly response: ServerResponse
  readonly #body: Buffer
  readonly #pin: Pin | undefined
  readonly #answering: Answering
  #handled: Handled | undefined

  /** @param pin - Where its address names the organisation; it is found out where there is none. */
  constructor(
    raw: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    answering: Answering,
    pin: Pin | undefined,
  ) {
    this.raw = raw
    this.response = response
    this.#body = body
    this.#pin = pin
    this.#answering = answering
  }

  /**
   * Handles it: at the door of an organisation, unless it is refused before. Where something is waited for
   * it is answered by itself later: what costs time in every call is not for the few.
   */
  begin(): boolean {
    const { venues, options } = this.#answering
    const { host, log, state } = options
    const call = new IncomingCall(this.raw, this.#body, this.#pin?.base)
    const startedAt = log ? host.now() : 0
    const problem = problemOf(call)
    const venue = this.#venueOf(call, problem, venues)
    if (!problem && (state || venue.companion)) {
      replyInTime(call, venue, state)
        .then((reply) => {
          this.#handled = { call, venue, reply, startedAt }
          this.end()
        })
        .catch((error: unknown) => this.failed(error))
      return false
    }
    const reply = problem ? refused(problem, call, venue) : venue.handle(call)
    this.#handled = { call, venue, reply, startedAt }
    return true
  }

  /** Answers it. */
  end(): void {
    if (!this.#handled) return
    const { venue, reply } = this.#handled
    deliver(reply.delivery, this.response, venue.deliveryClock, this)
  }

  over(delivered: boolean): void {
    if (!this.#handled) return
    const { call, venue, reply, startedAt } = this.#handled
    reply.done(delivered)
    const { host, log } = this.#answering.options
    log?.(lineOf(call, venue.name, reply.delivery, delivered, startedAt, host))
  }

  failed(error: unknown): void {
    this.#answering.failed(error, this)
  }

  #venueOf(call: IncomingCall, problem: TransportProblem | undefined, venues: Venues): Venue {
    if (this.#pin) return venueAt(this.#pin.org, call, venues)
    return problem ? venues.nowhere : venueOf(call, venues)
  }
}

/** What is known of a call once it has been handled. */
interface Handled {
  readonly call: IncomingCall
  readonly venue: Venue
  readonly reply: VenueReply
  readonly startedAt: number
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
    if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return 'encoded'
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
