import { closeSync, openSync, writeSync } from 'node:fs'

/** So much is held back at most, in bytes. */
const HELD_BACK = 1 << 18
/** Most bytes of UTF-8 that a unit of a string's length takes. */
const MOST_BYTES = 3

/** A file that is written from its beginning, piece by piece: each is encoded where it waits to be written. */
export class TextFile {
  readonly #file: number
  readonly #waiting = Buffer.allocUnsafe(HELD_BACK)
  #held = 0
  #written = 0

  /** @param file - Begun anew. */
  constructor(file: string) {
    this.#file = openSync(file, 'w')
  }

  /** How much stands in the file, in bytes. */
  get written(): number {
    return this.#written
  }

  append(text: string): void {
    const most = text.length * MOST_BYTES
    if (this.#held + most > HELD_BACK) this.flush()
    if (most > HELD_BACK) this.#write(Buffer.from(text))
    else this.#held += this.#waiting.write(text, this.#held)
  }

  /** Writes what waits, at once. */
  flush(): void {
    const held = this.#waiting.subarray(0, this.#held)
    this.#held = 0
    this.#write(held)
  }

  close(): void {
    this.flush()
    closeSync(this.#file)
  }

  /** One call may write a part only, to a full disk for instance. */
  #write(bytes: Uint8Array): void {
    let rest = bytes
    while (rest.length > 0) rest = rest.subarray(writeSync(this.#file, rest))
    this.#written += bytes.length
  }
}
