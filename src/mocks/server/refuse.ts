import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { WireAnswer } from '../http/door.ts'

/** Answers a request that no door has seen, and ends the connection. */
export function refuseResponse(
  response: ServerResponse,
  { status, headers, text = '' }: WireAnswer,
): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, [
    ...headers.flat(),
    'Content-Length',
    String(Buffer.byteLength(text)),
    'Connection',
    'close',
  ])
  response.end(text)
}

/** There is no request, and so no response to answer with. */
export function refuseSocket(socket: Socket, { status, headers, text = '' }: WireAnswer): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
}
