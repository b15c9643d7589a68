import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { ServerBounds } from './bounds.ts'

/** How often it is looked who has got the last answer, once the server is to end. */
const LOOK_EVERY_MS = 20

/** The connections of a server, watched for clients that would hold it up. */
export class Connections {
  readonly #server: Server
  readonly #bounds: ServerBounds
  readonly #open = new Set<Socket>()
  readonly #stalled = new WeakSet<Socket>()
  readonly #watch: NodeJS.Timeout

  /** @param brought - The event that brings a connection on which HTTP is spoken. */
  constructor(server: Server, brought: 'connection' | 'secureConnection', bounds: ServerBounds) {
    this.#server = server
    this.#bounds = bounds
    server.on(brought, (socket: Socket) => {
      this.#open.add(socket)
      socket.once('close', () => this.#open.delete(socket))
    })
    this.#watch = setInterval(() => this.#watchReaders(), bounds.checkEveryMs).unref()
    server.once('close', () => clearInterval(this.#watch))
  }

  /**
   * Helps a server that takes no new connections to its end: one that is idle, or becomes so, is closed;
   * after `closeWithinMs` all are.
   *
   * @returns Stops helping.
   */
  end(): () => void {
    // One that never said anything is not idle to Node, and would be waited for.
    for (const socket of this.#open) if (socket.bytesRead === 0) socket.destroy()
    const idle = setInterval(() => this.#server.closeIdleConnections(), LOOK_EVERY_MS)
    const all = setTimeout(() => {
      for (const socket of this.#open) socket.destroy()
    }, this.#bounds.closeWithinMs)
    return () => {
      clearInterval(idle)
      clearTimeout(all)
    }
  }

  /**
   * Whoever reads nothing of an answer is cut off: Node keeps it for as long as the connection lives. Its
   * own time-out of a socket starts anew with every byte that gets away.
   */
  #watchReaders(): void {
    const { unreadMs } = this.#bounds
    for (const socket of this.#open) {
      const isWaiting = socket.writableLength > 0
      if (isWaiting === this.#stalled.has(socket)) continue
      if (isWaiting) {
        this.#stalled.add(socket)
        socket.setTimeout(unreadMs)
      } else {
        this.#stalled.delete(socket)
        if (socket.timeout === unreadMs) socket.setTimeout(0)
      }
    }
  }
}
