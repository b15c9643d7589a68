const [OPEN, WRITING, CLOSED] = [0, 1, 2] as const
/** So long is waited for somebody who is writing, in milliseconds: a file takes less than one. */
const PATIENCE_MS = 1_000

/** Lets one thread write as long as another has not closed it: then nothing is written any more, not even half. */
export class WriteGate {
  readonly #state: Int32Array

  /** @param shared - That of the gate on the other side; none where this is the first one. */
  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.#state = new Int32Array(shared)
  }

  get shared(): SharedArrayBuffer {
    const { buffer } = this.#state
    if (!(buffer instanceof SharedArrayBuffer)) throw new TypeError('It is not shared')
    return buffer
  }

  /** Does `write` unless the gate is closed. */
  pass(write: () => void): void {
    if (Atomics.compareExchange(this.#state, 0, OPEN, WRITING) !== OPEN) return
    try {
      write()
    } finally {
      Atomics.store(this.#state, 0, OPEN)
      Atomics.notify(this.#state, 0)
    }
  }

  /** Closes it for good, as soon as nobody is writing. */
  close(): void {
    const until = Date.now() + PATIENCE_MS
    while (Atomics.compareExchange(this.#state, 0, OPEN, CLOSED) === WRITING) {
      if (Date.now() > until) return
      Atomics.wait(this.#state, 0, WRITING, PATIENCE_MS)
    }
  }
}
