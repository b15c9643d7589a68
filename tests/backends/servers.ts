import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** Runs `use` with the port of a server on loopback; its connections are cut afterwards. */
export async function serving<T>(server: Server, use: (port: number) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    return await use(portOf(server))
  } finally {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}

/** A port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  return serving(createServer(), async (port) => port)
}

/** A server that reads what comes and never says a word. */
export const silent = (): Server => createServer((socket) => socket.resume())

/**
 * An HTTP proxy that tunnels to one port of loopback, whatever name it is asked for: only it knows
 * where that name lives.
 *
 * @param requests - What it was asked, headers included.
 */
export function tunnelTo(port: number, requests: string[]): Server {
  return createServer((client) => {
    client.once('data', (head) => {
      requests.push(head.toString())
      const target = connect(port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n')
        client.pipe(target).pipe(client)
      })
      target.on('error', () => client.destroy())
      client.on('close', () => target.destroy())
    })
  })
}
