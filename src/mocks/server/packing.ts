/**
 * Bytes of the first block, and of the largest that is made for more than one text. As much may be held
 * for a single text that is left in the oldest block, and be unused in the newest: for each journal.
 */
const SMALLEST = 4 * 1024
const LARGEST = 64 * 1024

/** Bytes from which on a text has a block of its own: so much may be left unused at the end of another. */
const LONG = LARGEST / 8

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
  #block: Buffer = Buffer.alloc(0)
  #used = 0

  pack(text: string): Packed {
    const left = this.#block.length - this.#used
    if (left < text.length * MOST_BYTES) {
      const bytes = Buffer.byteLength(text)
      if (bytes >= LONG) return new Packed(blockOf(bytes, text), 0, bytes)
      if (left < bytes) this.#begin(bytes)
    }
    const start = this.#used
    const bytes = this.#block.write(text, start, 'utf8')
    this.#used += bytes
    return new Packed(this.#block, start, bytes)
  }

  #begin(bytes: number): void {
    const next = Math.min(Math.max(this.#block.length * 2, SMALLEST), LARGEST)
    this.#block = blockOf(Math.max(next, bytes))
    this.#used = 0
  }
}

/** Never of the pool that Node shares: that would keep what others have in it. */
function blockOf(bytes: number, text = ''): Buffer {
  const block = Buffer.allocUnsafeSlow(bytes)
  block.write(text, 'utf8')
  return block
}
