import type { ServerResponse } from 'node:http'
import type { Clock } from '../../api/clock.ts'
import type { Delivery } from './door.ts'

/** Carries a delivery out on a response of Node; resolves to whether it got through. */
export async function deliver(
  { answer, settle }: Delivery,
  response: ServerResponse,
  _clock: Clock,
): Promise<boolean> {
  if (answer === 'cut') {
    response.socket?.resetAndDestroy()
    settle?.(false)
    return false
  }
  const headers = answer.headers.flat()
  if (answer.text !== undefined)
    headers.push('Content-Length', String(Buffer.byteLength(answer.text)))
  response.writeHead(answer.status, headers)
  response.end(answer.text)
  settle?.(true)
  return true
}
