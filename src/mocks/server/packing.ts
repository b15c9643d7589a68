/** Bytes of the first block, and of the largest that is made for more than one text. */
const SMALLEST = 4 * 1024
const LARGEST = 256 * 1024

/** What a text takes besides its bytes, in bytes: the reference to it. */
const REFERENCE = 64

/** Bytes that one UTF-16 unit can take in UTF-8. */
const MOST_BYTES = 3

/** A text that is kept as bytes. */
export class Packed {
  readonly #block: Buffer
  readonly #start: number
  readonly #bytes: number

  constructor(block: Buffer, start: number, bytes: number) {
    this.#block = block
    this.#start = start
    this.#bytes = bytes
  }

  /** What it takes, in bytes. */
  get weight(): number {
    return this.#bytes + REFERENCE
  }

  text(): string {
    return this.#block.toString('utf8', this.#start, this.#start + this.#bytes)
  }
}

/**
 * Keeps texts as bytes in blocks, outside the heap: a garbage collection neither looks at them nor moves
 * them. A block goes when the last of its texts is forgotten.
 */
export class Packing {
  #block = Buffer.alloc(0)
  #used = 0

  pack(text: string): Packed {
    if (this.#block.length - this.#used < text.length * MOST_BYTES) this.#makeRoom(text)
    const start = this.#used
    const bytes = this.#block.write(text, start, 'utf8')
    this.#used += bytes
    return new Packed(this.#block, start, bytes)
  }

  #makeRoom(text: string): void {
    const bytes = Buffer.byteLength(text)
    if (this.#block.length - this.#used >= bytes) return
    const next = Math.min(Math.max(this.#block.length * 2, SMALLEST), LARGEST)
    // Never of the pool that Node shares: that would keep what others have in it.
    this.#block = Buffer.allocUnsafeSlow(Math.max(next, bytes))
    this.#used = 0
  }
}
