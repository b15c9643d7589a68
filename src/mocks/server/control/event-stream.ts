import type { ServerResponse } from 'node:http'
import type { Clock } from '../../../api/clock.ts'
import { shownPath } from '../call-line.ts'
import type { Venue } from '../venue.ts'
import type { VenueEvent } from '../venue-events.ts'
import { MissedEvents } from './missed-events.ts'

/** A comment goes out so often, in milliseconds, so that nobody takes a quiet stream for a dead one. */
const HEARTBEAT_MS = 15_000
/** Bytes that a listener may lag behind; beyond, it is cut off, and may come back with `Last-Event-ID`. */
const MOST_BEHIND = 1024 * 1024

/**
 * Tells what happens at an organisation as server-sent events, until the listener goes or the organisation
 * does: `call`, `control`, `order` and `trade`. Calls and control actions have their number in the journal
 * for an id; who comes back with `Last-Event-ID` gets those that were missed, as far as they are kept and as
 * fast as they are read. A reset does not begin the numbers anew.
 */
export function streamEvents(
  venue: Venue,
  response: ServerResponse,
  host: Clock,
  lastEventId: string | undefined,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  })
  const write = (text: string): void => {
    if (response.writableEnded) return
    if (response.writableLength > MOST_BEHIND) response.destroy()
    else response.write(text)
  }
  let cancelBeat = () => {}
  const beat = (): void => {
    write(': still here\n\n')
    cancelBeat = host.setTimer(HEARTBEAT_MS, beat)
  }
  beat()
  const missed = new MissedEvents(venue, lastEventId)
  const catchUp = (): void => {
    while (!response.destroyed && !response.writableEnded && missed.isLeft) {
      if (response.write(missed.next().map(frameOf).join(''))) continue
      response.once('drain', catchUp)
      return
    }
  }
  catchUp()
  const unsubscribe = venue.events.subscribe(
    (event) => {
      if (!missed.willTell(event)) write(frameOf(event))
    },
    () => response.end(),
  )
  response.on('close', () => {
    cancelBeat()
    unsubscribe()
  })
}

function frameOf(event: VenueEvent): string {
  const id = 'number' in event ? `id: ${event.number}\n` : ''
  return `event: ${event.type}\n${id}data: ${JSON.stringify(dataOf(event))}\n\n`
}

/** Of a call what no secret can be in: the whole of it stands in the journal, redacted. */
function dataOf(event: VenueEvent): unknown {
  switch (event.type) {
    case 'call': {
      const { number, at, operation, method, target, answer, fault, delivered } = event.call
      const path = shownPath(target.split('?', 1)[0] ?? '')
      return { number, at, operation, method, path, status: answer?.status, fault, delivered }
    }
    case 'control': {
      const { number, at, action, details } = event.action
      return { number, at, action, details }
    }
    case 'order':
      return event.order
    case 'trade':
      return event.trade
  }
}
