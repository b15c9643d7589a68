import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { WireAnswer } from '../http/door.ts'

/**
 * Answers a request that no door has seen, and ends the connection. What the client still sends of it is
 * read and dropped for a while: cut off at once, it might never see the answer.
 */
export function refuseResponse(
  response: ServerResponse,
  { status, headers, text = '' }: WireAnswer,
  lingerMs: number,
): void {
  if (response.headersSent || response.destroyed) return
  const { req: request } = response
  const length = ['Content-Length', String(Buffer.byteLength(text)), 'Connection', 'close']
  response.writeHead(status, [...headers.flat(), ...length])
  if (request.complete || request.method === 'HEAD') {
    response.end(text)
    return
  }
  response.write(text)
  const timer = setTimeout(() => response.end(), lingerMs)
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  request.once('end', end).once('close', end).resume()
}

/**
 * Answers what is no request, and so has no response to answer with, in the same way.
 *
 * @param before - The response to the request before it, which goes out first.
 * @returns Whether it was no request; else it is about the body of the one before, whose answer it is.
 */
export function refuseSocket(
  socket: Socket,
  answer: WireAnswer,
  lingerMs: number,
  before: ServerResponse | undefined,
): boolean {
  if (!socket.writable) socket.destroy()
  else if (!before || before.writableFinished || before.destroyed) write(socket, answer, lingerMs)
  else if (!before.req.complete) {
    if (before.headersSent) socket.destroy()
    else refuseResponse(before, answer, lingerMs)
    return false
  } else
    before.once('close', () => {
      if (socket.writable) write(socket, answer, lingerMs)
    })
  return true
}

function write(socket: Socket, { status, headers, text = '' }: WireAnswer, lingerMs: number): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`)
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(timer))
}
