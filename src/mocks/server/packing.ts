import { BLOCK_BYTES, type Block, Blocks } from './blocks.ts'

/**
 * Bytes of the first block; each further one is twice as large, up to the size that is handed on. As much
 * may be held for a single text that is left in the oldest block, and be unused in the newest: for each journal.
 */
const SMALLEST = 4 * 1024

/** Bytes from which on a text has a block of its own: so much may be left unused at the end of another. */
const LONG = BLOCK_BYTES / 8

/** What a text takes besides its bytes, in bytes: the reference to it. */
const REFERENCE = 64

/** Bytes that one UTF-16 unit can take in UTF-8. */
const MOST_BYTES = 3

/** A text that is kept as bytes. */
export class Packed {
  readonly #block: Block
  readonly #start: number
  readonly #bytes: number

  constructor(block: Block, start: number, bytes: number) {
    this.#block = block
    this.#start = start
    this.#bytes = bytes
  }

  /** What it takes, in bytes. */
  get weight(): number {
    return this.#bytes + REFERENCE
  }

  get block(): Block {
    return this.#block
  }

  /** Not once it is forgotten: its bytes are another text's then. */
  text(): string {
    return this.#block.buffer.toString('utf8', this.#start, this.#start + this.#bytes)
  }
}

/**
 * Keeps texts as bytes in blocks, outside the heap: a garbage collection neither looks at them nor moves
 * them. A block goes when the last of its texts is forgotten, to whoever needs one next.
 */
export class Packing {
  readonly #blocks: Blocks
  #block: Block | undefined
  #used = 0

  /** @param blocks - Where its blocks come from, and go to. */
  constructor(blocks: Blocks = new Blocks(0)) {
    this.#blocks = blocks
  }

  pack(text: string): Packed {
    const left = this.#block ? this.#block.buffer.length - this.#used : 0
    if (left < text.length * MOST_BYTES) {
      const bytes = Buffer.byteLength(text)
      if (bytes >= LONG) return this.#alone(text, bytes)
      if (left < bytes) this.#begin(bytes)
    }
    const block = this.#block ?? this.#begin(0)
    const start = this.#used
    const bytes = block.buffer.write(text, start, 'utf8')
    this.#used += bytes
    block.holders++
    return new Packed(block, start, bytes)
  }

  /** The text is not read again. */
  forget(packed: Packed): void {
    this.#blocks.release(packed.block)
  }

  #alone(text: string, bytes: number): Packed {
    const block = this.#blocks.take(bytes)
    block.buffer.write(text, 'utf8')
    return new Packed(block, 0, bytes)
  }

  #begin(bytes: number): Block {
    const before = this.#block
    const next = Math.min(Math.max((before?.buffer.length ?? 0) * 2, SMALLEST), BLOCK_BYTES)
    if (before) this.#blocks.release(before)
    this.#block = this.#blocks.take(Math.max(next, bytes))
    this.#used = 0
    return this.#block
  }
}
