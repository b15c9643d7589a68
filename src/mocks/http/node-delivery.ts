import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../../api/clock.ts'
import type { Delivery, WireAnswer } from './door.ts'

/** Whoever waits for what becomes of a delivery. */
export interface Waiting {
  /** @param delivered - Whether all of it was handed to the network before the client went away. */
  over(delivered: boolean): void
  /** Told what `settle` or `over` threw. A client that has gone is no failure. */
  failed(error: unknown): void
}

/**
 * Carries a delivery out on a response of Node, to which nothing was written yet. All waiting is done on
 * `clock`.
 *
 * @param waiting - Told once how it went, after `settle` of the delivery was.
 */
export function deliver(
  delivery: Delivery,
  response: ServerResponse,
  clock: Clock,
  waiting: Waiting,
): void {
  const { answer, delayMs, breakOffAfter, trickle, settle } = delivery
  const over = (delivered: boolean): void => {
    try {
      settle?.(delivered)
      waiting.over(delivered)
    } catch (error) {
      waiting.failed(error)
    }
  }
  if (isGone(response)) over(false)
  else if (answer === 'cut' || (delayMs ?? breakOffAfter ?? trickle) !== undefined) {
    void disturbed(delivery, response, clock).then(over, (error) => waiting.failed(error))
  } else {
    whenFinished(response, over)
    response.writeHead(answer.status, headersOf(answer))
    response.end(answer.text)
  }
}

async function disturbed(
  { answer, delayMs, breakOffAfter, trickle }: Delivery,
  response: ServerResponse,
  clock: Clock,
): Promise<boolean> {
  const got = finished(response)
  const over = new AbortController()
  void got.then(() => over.abort())
  if (delayMs !== undefined) await Promise.race([clock.sleep(delayMs, over.signal), got])
  // Behind another answer on the same connection, this one has no socket yet.
  const socket = response.socket ?? (await Promise.race([assigned(response), got]))
  if (typeof socket === 'boolean' || isGone(response)) return false
  if (answer === 'cut') {
    reset(socket)
    return false
  }
  response.writeHead(answer.status, headersOf(answer))
  response.flushHeaders()
  const bytes = Buffer.from(answer.text ?? '').subarray(0, breakOffAfter)
  const size = trickle?.bytes ?? bytes.length
  for (let sent = 0; sent < bytes.length; sent += size) {
    if (sent > 0 && trickle) await Promise.race([clock.sleep(trickle.everyMs, over.signal), got])
    if (isGone(response)) return false
    await Promise.race([written(response, bytes.subarray(sent, sent + size)), got])
  }
  if (breakOffAfter !== undefined) {
    socket.destroySoon()
    return false
  }
  response.end()
  return got
}

/**
 * Tells `true` once all of the answer is with the network, `false` once that can no longer be. Node closes a
 * response in either case, but older ones than 24 not one that waits for its turn; one listener costs a
 * server less than two.
 */
function whenFinished(response: ServerResponse, over: (finished: boolean) => void): void {
  if (response.socket) {
    response.on('close', () => over(response.writableFinished))
    return
  }
  let isOver = false
  const once = (finished: boolean): void => {
    if (!isOver) over(finished)
    isOver = true
  }
  response.on('close', () => once(response.writableFinished))
  response.req.socket.once('close', () => once(false))
}

function finished(response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => whenFinished(response, resolve))
}

function assigned(response: ServerResponse): Promise<Socket> {
  return new Promise((resolve) => response.once('socket', resolve))
}

function written(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => response.write(piece, () => resolve()))
}

function isGone(response: ServerResponse): boolean {
  return response.destroyed || response.req.socket.destroyed
}

/** Has the client see `ECONNRESET`; where only TCP itself could do that, the connection just ends. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy()
  } catch {
    socket.destroy()
  }
}

function headersOf({ status, headers, text }: WireAnswer): OutgoingHttpHeader[] {
  const list: OutgoingHttpHeader[] = []
  for (const [name, value] of headers) list.push(name, value)
  if (text !== undefined) list.push('Content-Length', Buffer.byteLength(text))
  else if (status !== 204) list.push('Content-Length', 0)
  return list
}
