/** How long a server waits for whom, so that no client can hold it up. All in milliseconds, of the machine. */
export interface ServerBounds {
  /** A request comes in whole, 408 otherwise. */
  readonly requestWithinMs: number
  /** Its headers do, 408 otherwise; a connection that never says anything ends likewise. */
  readonly headersWithinMs: number
  /** A connection may be idle between two requests; then it is closed. */
  readonly idleMs: number
  /** A client that reads nothing of an answer that waits for it is cut off. */
  readonly unreadMs: number
  /** How often the bounds above are looked at: each may be overrun by as much. */
  readonly checkEveryMs: number
  /** At the end, calls under way come to theirs; then they are cut off. */
  readonly closeWithinMs: number
  /** What a refused request still sends is read and dropped, so that the client sees the answer. */
  readonly lingerMs: number
}

export const defaultBounds: ServerBounds = {
  requestWithinMs: 30_000,
  headersWithinMs: 15_000,
  idleMs: 65_000,
  unreadMs: 30_000,
  checkEveryMs: 5_000,
  closeWithinMs: 5_000,
  lingerMs: 2_000,
}
