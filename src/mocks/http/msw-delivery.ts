import { HttpResponse } from 'msw'
import type { Clock } from '../../api/clock.ts'
import { cutConnection } from './cut-connection.ts'
import type { Delivery } from './door.ts'
import { pacedBody } from './paced-body.ts'
import { type Respond, respond } from './text-response.ts'

/**
 * Carries a delivery out as MSW does it: by a response, which is also what cuts the connection. All
 * waiting is done on the clock of the exchange.
 *
 * @param signal - Whoever asked may go away: what comes after that is not delivered.
 * @param ofText - Makes the response of an answer that comes in one piece.
 */
export async function toResponse(
  delivery: Delivery,
  clock: Clock,
  signal: AbortSignal,
  ofText: Respond = respond,
): Promise<Response> {
  const { answer, delayMs, breakOffAfter, trickle } = delivery
  const settle = (delivered: boolean) => delivery.settle?.(delivered)
  if (delayMs !== undefined) await clock.sleep(delayMs, signal)
  if (answer === 'cut' || signal.aborted) {
    settle(false)
    return cutConnection()
  }
  const headers = answer.headers.map(([name, value]): [string, string] => [name, value])
  const { status, text } = answer
  if (text === undefined || (breakOffAfter ?? trickle) === undefined) {
    settle(true)
    return ofText(text ?? null, { status, headers })
  }
  headers.push(['Content-Length', String(Buffer.byteLength(text))])
  return new HttpResponse(pacedBody(text, { ...delivery, clock, signal, settle }), {
    status,
    headers,
  })
}
