import { closeSync, openSync, readSync } from 'node:fs'

/** Read at once at most, in bytes. */
const CHUNK = 1 << 18
const LINE_FEED = 10

/** The lines of a file that grows, each when it is whole. What was read is not kept. */
export class GrowingLines {
  readonly #path: string
  /** What is read stands here for a moment: a buffer for each piece would wait long to be given back. */
  readonly #chunk = Buffer.allocUnsafe(CHUNK)
  /** So much has been read, in bytes. */
  #at = 0
  /** The beginning of a line. */
  #rest: Buffer[] = []

  constructor(path: string) {
    this.#path = path
  }

  /**
   * The lines that have become whole.
   *
   * @param end - So much of the file is written, in bytes.
   * @throws {Error} It is shorter by now.
   */
  *upTo(end: number): Generator<string> {
    if (this.#at >= end) return
    const file = openSync(this.#path, 'r')
    try {
      while (this.#at < end) {
        const most = Math.min(CHUNK, end - this.#at)
        const read = readSync(file, this.#chunk, 0, most, this.#at)
        if (read === 0) throw new Error(`${this.#path} was cut off while the run was under way`)
        this.#at += read
        yield* this.#linesIn(this.#chunk.subarray(0, read))
      }
    } finally {
      closeSync(file)
    }
  }

  *#linesIn(bytes: Buffer): Generator<string> {
    let begin = 0
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, begin)) {
      const line = bytes.subarray(begin, end)
      begin = end + 1
      yield (this.#rest.length === 0 ? line : Buffer.concat([...this.#rest, line])).toString()
      this.#rest = []
    }
    if (begin < bytes.length) this.#rest.push(Buffer.from(bytes.subarray(begin)))
  }
}
