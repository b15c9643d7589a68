import type { Clock } from '../../api/clock.ts'
import type { Delivery } from './door.ts'

/** What Node's `fetch` says of a connection that ends within a body. */
const ENDED = { code: 'UND_ERR_SOCKET', message: 'other side closed' } as const

/** A body on its way, and who wants to know of it. */
interface Way extends Pick<Delivery, 'breakOffAfter' | 'trickle'> {
  readonly clock: Clock
  /** Whoever asked may go away. */
  readonly signal: AbortSignal
  /** Told once: whether all of it was read. */
  readonly settle: (delivered: boolean) => void
}

/**
 * A body that comes in pieces, or breaks off, as whoever reads it gets on. Where it breaks off, reading
 * fails as it does on a real connection: with the `TypeError` `terminated`.
 */
export function pacedBody(text: string, way: Way): ReadableStream<Uint8Array> {
  const { breakOffAfter, trickle, clock, signal } = way
  const bytes = new TextEncoder().encode(text).subarray(0, breakOffAfter)
  const settle = once(way.settle)
  let sent = 0
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        signal.addEventListener('abort', () => {
          settle(false)
          controller.error(signal.reason)
        }),
      pull: async (controller) => {
        if (sent > 0 && sent < bytes.length && trickle) await clock.sleep(trickle.everyMs, signal)
        if (signal.aborted) return
        const piece = bytes.subarray(sent, sent + (trickle?.bytes ?? bytes.length))
        sent += piece.length
        if (piece.length > 0) controller.enqueue(piece)
        else if (breakOffAfter !== undefined) {
          settle(false)
          const cause = Object.assign(new Error(ENDED.message), { code: ENDED.code })
          controller.error(new TypeError('terminated', { cause }))
        }
        if (sent < bytes.length || breakOffAfter !== undefined) return
        settle(true)
        controller.close()
      },
      cancel: () => settle(false),
    },
    { highWaterMark: 0 },
  )
}

function once(settle: (delivered: boolean) => void): (delivered: boolean) => void {
  let isSettled = false
  return (delivered) => {
    if (isSettled) return
    isSettled = true
    settle(delivered)
  }
}
